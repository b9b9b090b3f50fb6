package io.tasktrail.agent.health;

import io.tasktrail.agent.ring.RecordKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// Where each event is that this agent has to do with, counted since it began. At any moment
///
///     captured = acknowledged + spooled + in flight + unread + passed over + shed + lost
///
/// Both sides are counted at different places: what is captured by the kernel's own numbers, what
/// is acknowledged by the answers, what is spooled by the segments, what is lost by the gaps.
///
/// @param captured what there is to be published, by where it came from
/// @param acknowledged Kafka (or the capture file) has it
/// @param spooled on the disk, synced, and not known to be in Kafka
/// @param inFlight read from the ring, or made by the agent, and safe nowhere yet
/// @param unread numbered by the kernel, and not read yet: it stands in the ring, or the ring was
///     full and the gap is not read yet
/// @param passedOver numbered by a capture that was replaced, and by the next one as well, which
///     told it
/// @param shed given up at the spool's bound, by kind of event; each is in a published `EventsLost`
/// @param lost never to be published, by cause
public record Balance(
    Map<Source, Long> captured,
    long acknowledged,
    long spooled,
    long inFlight,
    long unread,
    long passedOver,
    Map<String, Long> shed,
    Map<Cause, Long> lost) {

  /// Where an event came from.
  public enum Source {
    /// Numbered by the kernel, and not settled by an earlier agent.
    KERNEL,
    /// The agent made it of records of audit.
    AUDIT,
    /// The agent made it of what the proc connector told, or that lost it.
    CONNECTOR,
    /// The agent said it.
    AGENT,
    /// An earlier agent had left it in the spool.
    SPOOL,
    /// Counted already, and sent once more: nobody knows whether Kafka has it. Readers know it by
    /// its number.
    AGAIN
  }

  /// Why an event will never be published.
  public enum Cause {
    /// The ring had no room, or the record could not be read.
    RING_FULL,
    /// The socket of the proc connector had no room.
    SOCKET_FULL,
    /// An earlier agent was killed before it could say it.
    AGENT_KILLED,
    /// Kafka does not take it, as one that is too large.
    REFUSED,
    /// The disk of the spool did not give it back.
    SPOOL_DAMAGED
  }

  /// Nothing happened yet.
  public static final Balance ZERO = new Balance(Map.of(), 0, 0, 0, 0, 0, Map.of(), Map.of());

  public Balance {
    captured = filled(Source.class, captured);
    shed = withUsual(shed);
    lost = filled(Cause.class, lost);
  }

  /// Those that a spool gives up are told at 0, too: else nobody sees them grow.
  private static Map<String, Long> withUsual(Map<String, Long> shed) {
    Map<String, Long> all =
        new TreeMap<>(Map.of(RecordKind.FORK.action(), 0L, RecordKind.EXIT.action(), 0L));
    all.putAll(shed);
    return Map.copyOf(all);
  }

  private static <E extends Enum<E>> Map<E, Long> filled(Class<E> keys, Map<E, Long> some) {
    Map<E, Long> all = new EnumMap<>(keys);
    for (E key : keys.getEnumConstants()) {
      all.put(key, some.getOrDefault(key, 0L));
    }
    return Map.copyOf(all);
  }

  /// What was captured and is in none of the places: 0, or there is a defect.
  public long missing() {
    return sum(captured)
        - (acknowledged + spooled + inFlight + unread + passedOver + sum(shed) + sum(lost));
  }

  /// What is still to be acknowledged and was read.
  public long waiting() {
    return spooled + inFlight;
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
