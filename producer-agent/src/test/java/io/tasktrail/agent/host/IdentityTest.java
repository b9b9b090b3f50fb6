package io.tasktrail.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  private static final String MACHINE = "0123456789abcdef0123456789abcdef";
  private static final String BOOT = "5a3fcd04-9b83-4a8f-96b2-1f6f1a0d4c11";

  @TempDir Path root;

  @BeforeEach
  void machine() throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("proc/sys/kernel/random"));
    Files.writeString(root.resolve("etc/machine-id"), MACHINE + "\n");
    Files.writeString(root.resolve("proc/sys/kernel/hostname"), "web-7\n");
    Files.writeString(root.resolve("proc/sys/kernel/random/boot_id"), BOOT + "\n");
  }

  /// `systemd-id128 machine-id -u -a APPLICATION` (systemd 252) says so on a machine with this id.
  @Test
  void machineIdIsHashedAsSystemdDoes() {
    assertThat(MachineId.parse(MACHINE).orElseThrow().forTasktrail())
        .hasToString("3141c990-e199-4ed4-8eae-7a23e957e5e7");
  }

  @Test
  void hostIsAHashOfTheMachineId() {
    Identity identity = Identity.read(root, Optional.empty());

    assertThat(identity.host().value())
        .isEqualTo(MachineId.parse(MACHINE).orElseThrow().forTasktrail());
    assertThat(identity.hostName()).isEqualTo("web-7");
    assertThat(identity.boot()).hasToString(BOOT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "uninitialized\n",
        "0123456789abcdef",
        "0123456789abcdef0123456789abcdeg",
        "00000000000000000000000000000000",
        "0123456789abcdef0123456789abcdef0"
      })
  void noOtherTextIsAMachineId(String text) throws IOException {
    Files.writeString(root.resolve("etc/machine-id"), text);

    assertThatThrownBy(() -> Identity.read(root, Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("etc/machine-id")
        .hasMessageContaining("set host.id");
  }

  @Test
  void missingMachineIdSaysHowToGetOne() throws IOException {
    Files.delete(root.resolve("etc/machine-id"));

    assertThatThrownBy(() -> Identity.read(root, Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("systemd-machine-id-setup");
  }

  @Test
  void givenHostIdNeedsNoMachineId() throws IOException {
    Files.delete(root.resolve("etc/machine-id"));
    UUID given = UUID.fromString("11111111-2222-4333-8444-555555555555");

    assertThat(Identity.read(root, Optional.of(given)).host().value()).isEqualTo(given);
  }

  @Test
  void otherTextIsNoBootId() throws IOException {
    Files.writeString(root.resolve("proc/sys/kernel/random/boot_id"), "boot");

    assertThatThrownBy(() -> Identity.read(root, Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("boot_id");
  }
}
