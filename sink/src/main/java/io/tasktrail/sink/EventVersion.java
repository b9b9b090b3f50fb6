package io.tasktrail.sink;

import io.tasktrail.event.AuditEvent;
import java.util.UUID;

/// What is to be there once: an event as it was first told, or one of its corrections.
public record EventVersion(UUID id, long revision) {

  /// That of an event.
  public static EventVersion of(AuditEvent event) {
    return new EventVersion(event.id(), event.revision());
  }
}
