package io.tasktrail.formats;

import io.tasktrail.event.AuditEvent;

/// A way to write an event. Without state: one instance serves any number of threads.
public interface Format {

  /// What users call it.
  String name();

  /// The event as one line: UTF-8, without a line feed in it or at its end.
  byte[] format(AuditEvent event);
}
