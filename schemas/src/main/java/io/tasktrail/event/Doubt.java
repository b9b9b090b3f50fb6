package io.tasktrail.event;

import java.util.Optional;
import java.util.UUID;

/// Links of a history that are missing or not certain.
///
/// @param first the first doubtful ordinal
/// @param last the last doubtful ordinal, `>= first`
/// @param loss event id of the `EventsLost` that may hold them, where one is known
public record Doubt(long first, long last, Reason reason, Optional<UUID> loss) {

  /// Why, worst first.
  public enum Reason {
    /// The creator of a task of the lineage was never seen.
    CREATOR_UNKNOWN(Completeness.INFERRED),
    /// An exec was lost.
    LOST(Completeness.GAP),
    /// The exec happened before the capture began, or the link is presumed.
    BEFORE_CAPTURE(Completeness.SINCE_SNAPSHOT);

    private final Completeness completeness;

    Reason(Completeness completeness) {
      this.completeness = completeness;
    }

    /// What a history with such a doubt can be at best.
    public Completeness completeness() {
      return completeness;
    }
  }

  /// The same doubt, of what this loss may hold.
  public Doubt in(Optional<UUID> known) {
    return new Doubt(first, last, reason, known);
  }
}
