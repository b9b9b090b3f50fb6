package io.tasktrail.streams.letters;

import io.tasktrail.streams.balance.DeadLetterReason;

/// A record that is not what the fold takes. Its message goes with the dead letter; it must hold
/// nothing of the record's key and value, for it may be logged.
public final class RefusedRecord extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final DeadLetterReason reason;

  /// @param what is wrong with it
  public RefusedRecord(DeadLetterReason reason, String what) {
    super(what);
    this.reason = reason;
  }

  DeadLetterReason reason() {
    return reason;
  }
}
