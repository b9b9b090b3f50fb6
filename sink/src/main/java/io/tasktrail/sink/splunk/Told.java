package io.tasktrail.sink.splunk;

import io.tasktrail.event.AuditEvent;
import java.util.UUID;

/// What is sent once: an event, or a correction of one.
record Told(UUID id, long revision) {

  static Told of(AuditEvent event) {
    return new Told(event.id(), event.revision());
  }
}
