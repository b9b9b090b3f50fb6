package io.tasktrail.history.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;

/// The whole name of the TOMOYO domain of a history, however long: [TextForm#TOMOYO] without a
/// bound. Made for every exec, and so made of bytes.
public final class DomainName {

  private static final byte[] KERNEL = "<kernel>".getBytes(US_ASCII);

  private DomainName() {}

  /// The name.
  public static ByteText of(History history) {
    byte[] name = new byte[length(history)];
    System.arraycopy(KERNEL, 0, name, 0, KERNEL.length);
    int at = KERNEL.length;
    for (Link link : history.links()) {
      if (link.source() != LinkSource.ROOT) {
        name[at] = ' ';
        at = Escape.path(name, at + 1, link.executable());
      }
    }
    return ByteText.of(name);
  }

  private static int length(History history) {
    int length = KERNEL.length;
    for (Link link : history.links()) {
      if (link.source() != LinkSource.ROOT) {
        length += 1 + Escape.pathLength(link.executable());
      }
    }
    return length;
  }
}
