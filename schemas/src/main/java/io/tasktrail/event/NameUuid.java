package io.tasktrail.event;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Name-based UUIDs, version 5: SHA-1 over name space and name (RFC 9562, section 5.5).
final class NameUuid {

  private NameUuid() {}

  static UUID of(UUID nameSpace, String name) {
    return of(nameSpace, ByteText.of(name));
  }

  static UUID of(UUID nameSpace, ByteText name) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(nameSpace.getMostSignificantBits())
            .putLong(nameSpace.getLeastSignificantBits())
            .flip());
    sha1.update(name.asBuffer());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
