package io.tasktrail.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskIdTest {

  @Test
  void aNameUuidIsThatOfTheStandard() {
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(NameUuid.of(dns, "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void theIdOfATaskIsThatOfItsNameInText() {
    Random random = new Random(20_261_120);
    for (int i = 0; i < 1000; i++) {
      TaskId id =
          new TaskId(
              new HostId(uuid(random)), new BootId(uuid(random)), new TaskKey(i, 10L * i - 7));
      String name = "task/" + id.boot() + '/' + i + '/' + id.task().startNanos();
      assertThat(id.uuid()).isEqualTo(NameUuid.of(id.host().value(), name));
    }
  }

  @Test
  void theIdOfAnEventIsThatOfItsNameInText() {
    Random random = new Random(20_261_120);
    for (int i = 0; i < 1000; i++) {
      EventId id =
          new EventId(
              new HostId(uuid(random)),
              new BootId(uuid(random)),
              new CaptureId(uuid(random)),
              i - 2,
              random.nextLong() >>> random.nextInt(Long.SIZE));
      String name =
          "event/" + id.boot() + '/' + id.capture() + '/' + id.cpu() + '/' + id.sequence();
      assertThat(id.uuid()).isEqualTo(NameUuid.of(id.host().value(), name));
    }
  }

  @Test
  void aLongNameIsHashedWhole() throws Exception {
    String name = "x".repeat(5000);
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(new byte[16]);
    byte[] hash = sha1.digest(name.getBytes(StandardCharsets.US_ASCII));
    assertThat(NameUuid.of(new UUID(0, 0), name).getMostSignificantBits() >>> 16)
        .isEqualTo(ByteBuffer.wrap(hash).getLong() >>> 16);
  }

  private static UUID uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  @Test
  void aPidThatComesBackIsAnotherTask() {
    HostId host = new HostId(new UUID(1, 2));
    BootId boot = new BootId(new UUID(3, 4));
    assertThat(new TaskId(host, boot, new TaskKey(7, 100)).uuid())
        .isNotEqualTo(new TaskId(host, boot, new TaskKey(7, 101)).uuid())
        .isEqualTo(new TaskId(host, boot, new TaskKey(7, 100)).uuid());
  }
}
