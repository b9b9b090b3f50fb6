package io.tasktrail.history;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import java.util.Optional;
import java.util.UUID;

/// What the fold remembers of one host.
///
/// Made so that a key-value store can do it with get, put and delete by key; only what happens
/// rarely (a snapshot ends, a fact comes late, a boot is over) looks at everything of a boot.
///
/// One event at a time: what [Fold#apply] does to it belongs together, and is either kept as a
/// whole or not at all.
public interface HostState {

  /// The boots that are not over; [Boots#NONE] at first.
  Boots boots();

  /// Remembers the boots.
  void put(Boots boots);

  /// What is remembered of a boot.
  BootState boot(BootId id);

  /// What its agent last said of itself.
  Optional<HostStatus> status();

  /// Remembers what its agent says of itself: this is also what the table of hosts receives.
  void put(HostStatus status);

  /// When a lineage was executed.
  Optional<Sightings> lineage(UUID fingerprint);

  /// Remembers when a lineage was executed: this is also what the table of lineages receives.
  void put(Lineage lineage);

  /// How many lineages are remembered.
  long lineages();

  /// When a lineage was executed.
  ///
  /// @param firstNanos nanoseconds since 1970 by the host's clock
  /// @param lastNanos likewise; the first time within an hour
  /// @param hours in how many hours
  record Sightings(long firstNanos, long lastNanos, long hours) {}
}
