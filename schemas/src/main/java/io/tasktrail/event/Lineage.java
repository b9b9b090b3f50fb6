package io.tasktrail.event;

import java.util.Optional;
import java.util.UUID;

/// A chain of executables that a host is known to execute: one row of the table of lineages, what
/// TOMOYO Linux calls a domain.
///
/// @param domain the executables, root first, in TOMOYO's text form
/// @param firstNanos when it was first executed here: nanoseconds since 1970 by the host's clock
/// @param lastNanos when it was last executed, or at most an hour before
/// @param hours in how many hours it was executed
/// @param occasion the exec that this row is told for; empty where an earlier version wrote it
public record Lineage(
    HostId host,
    ByteText domain,
    long firstNanos,
    long lastNanos,
    long hours,
    Optional<Occasion> occasion) {

  /// The same on every host: version 5 (RFC 9562) in the name space
  /// 2f1d6f3e-6a0c-5b34-9d52-7e1c7a0a4c11, of the domain.
  public static UUID fingerprint(ByteText domain) {
    return Fingerprints.of(domain);
  }

  /// See [#fingerprint(ByteText)].
  public UUID fingerprint() {
    return fingerprint(domain);
  }

  /// Whether it is told because it was executed for the first time.
  public boolean isFirst() {
    return hours == 1;
  }
}
