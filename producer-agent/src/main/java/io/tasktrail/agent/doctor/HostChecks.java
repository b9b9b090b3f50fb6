package io.tasktrail.agent.doctor;

import io.tasktrail.agent.host.Identity;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Who the host says it is, and when.
///
/// @param root the root directory, `/`
/// @param hostId what the settings give in place of the machine id
/// @param now the wall clock
/// @param built when this program was built, as far as that is known
record HostChecks(Path root, Optional<UUID> hostId, Instant now, Optional<Instant> built) {

  /// A clock of a battery that is empty, or of a wrong century.
  private static final Duration PLAUSIBLE_AGE = Duration.ofDays(20 * 365);

  List<Check> all() {
    return List.of(
        Check.of("host id", this::identity),
        Check.of("clock", this::clock),
        Check.of("/proc", this::proc));
  }

  private Finding identity() {
    try {
      Identity identity = Identity.read(root, hostId);
      return Finding.ok(
          identity.host()
              + (hostId.isPresent() ? " by host.id" : " by /etc/machine-id")
              + "; a cloned machine with the same one would be taken for this one");
    } catch (Failure unknown) {
      return Finding.fail(
          unknown.getMessage(), "systemd-machine-id-setup (as root), or set host.id to a UUID");
    }
  }

  private Finding clock() {
    Instant early = built.orElse(Instant.EPOCH);
    if (now.isBefore(early)) {
      return wrong("earlier than this program was built, " + early);
    }
    return built.isPresent() && now.isAfter(early.plus(PLAUSIBLE_AGE))
        ? wrong("more than 20 years after this program was built, " + early)
        : Finding.ok(now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private Finding wrong(String how) {
    return Finding.warn(
        "it is " + now + ", " + how + ": events get wrong times, certificates seem invalid",
        "timedatectl set-ntp true (as root), or set it with date");
  }

  /// Another agent's `/proc/PID/stat` tells whether it still reads.
  private Finding proc() throws IOException {
    Optional<Mount> proc = Mount.of(root, Path.of("/proc"));
    if (proc.isEmpty() || !proc.get().type().equals("proc")) {
      return Finding.fail("/proc is not mounted", "mount -t proc proc /proc (as root)");
    }
    if (proc.get().has("subset=pid")) {
      return Finding.fail(
          "mounted with subset=pid: /proc/sys, which names host and boot, is hidden",
          "run the agent without ProcSubset=pid, or mount /proc without subset=pid");
    }
    return proc.get()
            .option("hidepid")
            .filter(mode -> !List.of("0", "off").contains(mode))
            .isPresent()
        ? Finding.warn(
            "mounted with hidepid: an agent can't see whether one of another user still reads",
            "run all agents of this host as one user")
        : Finding.ok("mounted, processes are visible");
  }
}
