package io.tasktrail.agent.host;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What `/etc/machine-id` holds. It is confidential (machine-id(5)): only hashes of it leave the
/// host.
record MachineId(UUID value) {

  /// Made once for tasktrail; another one would rename every host.
  static final UUID TASKTRAIL = UUID.fromString("87c87f96-1978-401e-b453-8b90aa340447");

  private static final UUID NONE = new UUID(0, 0);
  private static final int DIGITS = 32;

  /// Reads the text of the file: 32 hexadecimal digits, not all of them 0.
  static Optional<MachineId> parse(String text) {
    if (text.length() != DIGITS) {
      return Optional.empty();
    }
    try {
      UUID value = uuid(HexFormat.of().parseHex(text));
      return value.equals(NONE) ? Optional.empty() : Optional.of(new MachineId(value));
    } catch (IllegalArgumentException otherCharacters) {
      return Optional.empty();
    }
  }

  /// This host's id for tasktrail.
  UUID forTasktrail() {
    return forApplication(TASKTRAIL);
  }

  /// As sd_id128_get_machine_app_specific(3) does: HMAC-SHA256 of the application's id, keyed by
  /// the machine id, cut to 16 bytes, made a UUID version 4.
  UUID forApplication(UUID application) {
    UUID hash = uuid(hmac(bytes(value), bytes(application)));
    return new UUID(
        (hash.getMostSignificantBits() & ~0xF000L) | 0x4000L,
        (hash.getLeastSignificantBits() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new UUID(in.getLong(), in.getLong());
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
