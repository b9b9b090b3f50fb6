package io.tasktrail.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineageTest {

  /// More than are remembered, each asked for twice, and one that is too long to be remembered.
  @Test
  void fingerprintIsThatOfTheDomainHoweverManyThereAre() throws Exception {
    for (int asked = 0; asked < 2; asked++) {
      for (int number = 0; number < 5000; number++) {
        hasItsFingerprint("<kernel> /usr/bin/program" + number);
      }
      hasItsFingerprint("<kernel>" + " /usr/bin/bash".repeat(500));
    }
  }

  private static void hasItsFingerprint(String domain) throws Exception {
    assertThat(Lineage.fingerprint(ByteText.of(domain))).as(domain).isEqualTo(version5(domain));
  }

  /// RFC 9562, section 5.5, written anew.
  private static UUID version5(String name) throws Exception {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(bytes(UUID.fromString("2f1d6f3e-6a0c-5b34-9d52-7e1c7a0a4c11")));
    byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
    hash[6] = (byte) (0x50 | (hash[6] & 0x0F));
    hash[8] = (byte) (0x80 | (hash[8] & 0x3F));
    ByteBuffer both = ByteBuffer.wrap(hash);
    return new UUID(both.getLong(), both.getLong());
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
