package io.tasktrail.wire;

import io.tasktrail.event.AuditEvent;

/// What is to be told about an event, and that event as it arrived: where it is the very event of
/// which `audit` speaks, its bytes are copied instead of being made once more.
public record EnrichedEvent(AuditEvent audit, ArrivedEvent arrived) {

  /// What is to be told about an event that did not arrive just now.
  public static EnrichedEvent of(AuditEvent audit) {
    return new EnrichedEvent(audit, ArrivedEvent.of(audit.event()));
  }

  /// The very same event, not one that equals it: comparing would cost what splicing saves.
  @SuppressWarnings("ReferenceEquality")
  boolean canBeSpliced() {
    return audit.event() == arrived.event() && arrived.hasPayload();
  }
}
