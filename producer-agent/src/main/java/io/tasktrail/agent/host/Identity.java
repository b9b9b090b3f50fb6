package io.tasktrail.agent.host;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostId;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// Who says what is said: the same in the header of every event of one boot.
///
/// @param host a hash of the machine id, or what the settings say
/// @param hostName the kernel's host name
/// @param boot the kernel's boot id
public record Identity(HostId host, String hostName, BootId boot) {

  private static final String MACHINE_ID = "etc/machine-id";
  private static final String HOST_NAME = "proc/sys/kernel/hostname";
  private static final String BOOT_ID = "proc/sys/kernel/random/boot_id";

  /// Reads it from the files of a machine.
  ///
  /// @param root the root directory, `/`
  /// @param given the host id that the settings say, which makes the machine id unnecessary
  /// @throws Failure if a file is missing or holds something else
  public static Identity read(Path root, Optional<UUID> given) {
    UUID host = given.orElseGet(() -> hashOf(root.resolve(MACHINE_ID)));
    return new Identity(
        new HostId(host),
        read(root.resolve(HOST_NAME), "is /proc mounted?"),
        new BootId(bootId(root.resolve(BOOT_ID))));
  }

  private static UUID hashOf(Path file) {
    String fix = "run systemd-machine-id-setup, or set host.id to a UUID of your choice";
    return MachineId.parse(read(file, fix))
        .map(MachineId::forTasktrail)
        .orElseThrow(() -> new Failure("not a machine id (32 hex digits)", file.toString(), fix));
  }

  private static UUID bootId(Path file) {
    String text = read(file, "is /proc mounted?");
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notOne) {
      throw new Failure("not a boot id: '" + text + "'", file.toString(), "is /proc the kernel's?");
    }
  }

  private static String read(Path file, String fix) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new Failure("can't be read", file.toString(), fix, unreadable);
    }
  }
}
