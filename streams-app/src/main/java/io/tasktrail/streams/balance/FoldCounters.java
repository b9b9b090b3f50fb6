package io.tasktrail.streams.balance;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.history.Bites;
import java.util.List;

/// What became of each record of the topic of events, counted since this process began. Whenever no
/// record is at hand,
///
///     read = emitted + silent + duplicates + dead letters + broken off
///
/// Each processing is counted, not each record: what is read again because a transaction was
/// aborted, or because an instance took over, is counted again, wholly. Safe for all stream threads
/// at once.
public interface FoldCounters {

  /// The key under which Kafka's configuration hands an instance to what Kafka makes by itself.
  String CONFIG = "tasktrail.counters";

  /// A record is at hand. Exactly one of the outcomes follows.
  void read();

  /// Outcome: an event led to these audit events, corrections of earlier ones among them.
  ///
  /// @param audited not empty
  void emitted(List<AuditEvent> audited);

  /// Outcome: an event changed the state, and nothing had to be said.
  void silent();

  /// Outcome: an event that had arrived before was dropped.
  void duplicate();

  /// Outcome: a record became a dead letter.
  ///
  /// @return how many there have been for this reason, with this one
  long deadLetter(DeadLetterReason reason);

  /// Outcome: for want of a broker or the registry nothing came of a record; it is read again.
  void brokenOff();

  /// Bounds of the fold bit.
  ///
  /// @param before how often they had, for this host and boot
  /// @param after how often they have now
  void evicted(Bites before, Bites after);

  /// Hosts were forgotten of which nothing was heard for long.
  void silentHosts(int hosts);
}
