package io.tasktrail.formats;

import io.tasktrail.history.text.TextForm;
import java.util.List;
import java.util.Optional;

/// All formats.
public final class Formats {

  private static final List<Format> ALL =
      List.of(
          new EcsFormat(),
          new LineFormat("tasktracker", TextForm.TASKTRACKER),
          new LineFormat("taskhistory", TextForm.TASKHISTORY));

  private Formats() {}

  /// Their names, the most used first.
  public static List<String> names() {
    return ALL.stream().map(Format::name).toList();
  }

  /// The format of that name; empty when there is none.
  public static Optional<Format> named(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }
}
