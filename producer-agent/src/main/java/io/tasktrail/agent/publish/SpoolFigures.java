package io.tasktrail.agent.publish;

import java.util.Map;

/// What a spool holds now, and what became of the rest since the agent began. As each event of the
/// publisher's is either on its way, or safe in Kafka, or on the disk, or given up,
///
///     given + found + again + unnumbered
///         = inKafka + events + shed + refused + damaged + not safe yet
///
/// @param state what it does
/// @param events on the disk, synced, and not known to be in Kafka
/// @param bytes of all segments
/// @param bytesMax bound of `bytes`
/// @param found events that an earlier agent had left
/// @param again events that are to be sent once more because nobody knows any more whether Kafka
///     has them
/// @param unnumbered events that the publisher made and that have another's number: losses of
///     events of an earlier boot
/// @param own events that the publisher made and that are safe nowhere yet
/// @param inKafka events that Kafka acknowledged, those out of the spool among them
/// @param shed events given up at the bound, by kind as in `event.action`; each is in a published
///     `EventsLost`
/// @param refused events of the disk that Kafka will never take, each with a loss in its place
/// @param damaged events that could not be read back, whose numbers are missing from the stream;
///     and numbers of losses that could not be written
/// @param diskFailures how often the disk did not take what it was given
public record SpoolFigures(
    State state,
    long events,
    long bytes,
    long bytesMax,
    long found,
    long again,
    long unnumbered,
    long own,
    long inKafka,
    Map<String, Long> shed,
    long refused,
    long damaged,
    long diskFailures) {

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
