package io.tasktrail.agent.spool;

import java.util.Map;

/// What the spool holds now, and what became of the rest since the agent began.
///
/// @param state what it does
/// @param events now on the disk, or about to be
/// @param bytes of all segments
/// @param drained events that Kafka acknowledged out of the spool
/// @param shed events given up at the bound, by kind as in `event.action`; each is in a published
///     `EventsLost`
/// @param diskFailures how often the disk did not take what it was given
/// @param unreadable events of segments that could not be read back; their numbers are missing from
///     the stream
public record SpoolFigures(
    State state,
    long events,
    long bytes,
    long drained,
    Map<String, Long> shed,
    long diskFailures,
    long unreadable) {

  /// What the spool does.
  public enum State {
    /// Nothing: events go straight to Kafka.
    PASSING,
    /// Kafka does not answer: events go to the disk.
    SPOOLING,
    /// Kafka answers again: the disk is emptied, in order.
    DRAINING
  }

  public SpoolFigures {
    shed = Map.copyOf(shed);
  }
}
