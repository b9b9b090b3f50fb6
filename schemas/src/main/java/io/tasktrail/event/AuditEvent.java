package io.tasktrail.event;

import java.util.Optional;
import java.util.UUID;

/// An event with the history of its task: what a SIEM receives.
///
/// @param revision 0, and one more each time the same event is corrected
/// @param task empty for what the capture and the agent say of themselves
public record AuditEvent(TaskEvent event, int revision, Optional<AuditedTask> task) {

  /// The event's identity; a correction keeps it.
  public UUID id() {
    return event.header().eventId().uuid();
  }
}
