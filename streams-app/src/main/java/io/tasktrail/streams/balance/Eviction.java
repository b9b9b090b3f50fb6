package io.tasktrail.streams.balance;

import io.tasktrail.history.Ledger.Bites;

/// What the fold lets go of at its bounds.
enum Eviction {
  ENDED_TASK,
  GAP,
  LOSS,
  CAPTURE,
  DUPLICATE_CHECK;

  long between(Bites before, Bites after) {
    return count(after) - count(before);
  }

  private long count(Bites bites) {
    return switch (this) {
      case ENDED_TASK -> bites.endedEarly();
      case GAP -> bites.gapsForgotten();
      case LOSS -> bites.lossesForgotten();
      case CAPTURE -> bites.capturesForgotten();
      case DUPLICATE_CHECK -> bites.unchecked();
    };
  }
}
