package io.tasktrail.event;

import java.util.UUID;

/// Fingerprints that a thread asked for lately: hosts execute the same lineages again and again,
/// and a hash of SHA-1 costs many times what it costs to find it here.
final class Fingerprints {

  private static final ThreadLocal<Fingerprints> OF_THREAD =
      ThreadLocal.withInitial(Fingerprints::new);

  private static final UUID NAME_SPACE = UUID.fromString("2f1d6f3e-6a0c-5b34-9d52-7e1c7a0a4c11");

  /// A power of two; a domain of 200 bytes and its fingerprint make 300 KiB of them.
  private static final int PLACES = 1024;

  private static final int KEPT_BYTES_MAX = 1024;

  private final ByteText[] domains = new ByteText[PLACES];
  private final UUID[] fingerprints = new UUID[PLACES];

  private Fingerprints() {}

  /// The fingerprint of a domain. One that is very long is not kept.
  static UUID of(ByteText domain) {
    Fingerprints known = OF_THREAD.get();
    int hash = domain.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    if (domain.equals(known.domains[place])) {
      return known.fingerprints[place];
    }
    UUID made = NameUuid.of(NAME_SPACE, domain);
    if (domain.length() <= KEPT_BYTES_MAX) {
      known.domains[place] = domain;
      known.fingerprints[place] = made;
    }
    return made;
  }
}
