package io.tasktrail.event;

import static org.assertj.core.api.Assertions.assertThat;

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
  void aPidThatComesBackIsAnotherTask() {
    HostId host = new HostId(new UUID(1, 2));
    BootId boot = new BootId(new UUID(3, 4));
    assertThat(new TaskId(host, boot, new TaskKey(7, 100)).uuid())
        .isNotEqualTo(new TaskId(host, boot, new TaskKey(7, 101)).uuid())
        .isEqualTo(new TaskId(host, boot, new TaskKey(7, 100)).uuid());
  }
}
