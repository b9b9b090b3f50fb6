package io.tasktrail.event;

import java.util.Optional;
import java.util.UUID;

/// A chain of executables that no host of the fleet executed before.
///
/// @param domain the executables, root first, in TOMOYO's text form
/// @param host the one that was first
/// @param firstNanos when it was: nanoseconds since 1970 by that host's clock
/// @param occasion the exec; empty where only a later one of that host is known
/// @param forgotten how many lineages had been forgotten by then: where it is not 0, this may be
///     told again
public record FirstSeen(
    ByteText domain, HostId host, long firstNanos, Optional<Occasion> occasion, long forgotten) {

  /// What a host tells, as the first one to do so.
  public static FirstSeen of(Lineage lineage, long forgotten) {
    return new FirstSeen(
        lineage.domain(),
        lineage.host(),
        lineage.firstNanos(),
        lineage.occasion().filter(_ -> lineage.isFirst()),
        forgotten);
  }

  /// See [Lineage#fingerprint(ByteText)].
  public UUID fingerprint() {
    return Lineage.fingerprint(domain);
  }
}
