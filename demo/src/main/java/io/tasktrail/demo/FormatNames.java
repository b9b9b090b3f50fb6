package io.tasktrail.demo;

import io.tasktrail.formats.Formats;
import java.util.Iterator;

/// The names of the formats, for the help.
final class FormatNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Formats.names().iterator();
  }
}
