package io.tasktrail.formats;

import io.tasktrail.event.AuditEvent;

/// A way to write an event. Without state: one instance serves any number of threads.
public interface Format {

  /// What users call it.
  String name();

  /// The event as one line, or as a group of lines where the format is one of groups (`audit`):
  /// UTF-8, without a line feed at its end.
  byte[] format(AuditEvent event);
}
