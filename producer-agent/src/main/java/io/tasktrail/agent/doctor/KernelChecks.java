package io.tasktrail.agent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the BPF programs, and the agent who reads what they write, need of the kernel.
///
/// @param root the root directory, `/`
/// @param account who runs the agent
record KernelChecks(Path root, Account account) {

  /// The loader is a light skeleton, which needs BPF_PROG_TYPE_SYSCALL.
  private static final Version LEAST = new Version(5, 14);

  private static final Version TESTED = new Version(6, 1);

  /// Before, kernel.unprivileged_bpf_disabled also forbade to open pins (kernel/bpf/syscall.c).
  private static final Version OPENS_PINS = new Version(5, 19);

  private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");
  private static final Pattern CHOSEN = Pattern.compile(".*\\[(\\w+)].*", Pattern.DOTALL);

  /// Major and minor.
  record Version(int major, int minor) {

    static Version parse(String release) {
      Matcher parts = RELEASE.matcher(release);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not a kernel release: " + release);
      }
      return new Version(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    boolean isBefore(Version other) {
      return major < other.major || (major == other.major && minor < other.minor);
    }
  }

  List<Check> all() {
    return List.of(
        Check.of("kernel", this::version),
        Check.of("kernel types (BTF)", this::btf),
        Check.of("kernel lockdown", this::lockdown),
        Check.of("unprivileged bpf", this::unprivileged));
  }

  private Finding version() throws IOException {
    String release = release();
    Version version = Version.parse(release);
    if (version.isBefore(LEAST)) {
      return Finding.fail(
          release + " is too old: the capture needs 5.14",
          "boot a kernel of 6.1 or newer" + instead());
    }
    if (version.isBefore(TESTED)) {
      return Finding.warn(
          release + " is older than 6.1, the oldest that is tested",
          "try it: tasktrail-arm --try (as root); or boot a kernel of 6.1 or newer");
    }
    return Finding.ok(release);
  }

  private Finding btf() {
    Path btf = root.resolve("sys/kernel/btf/vmlinux");
    return Files.exists(btf)
        ? Finding.ok(btf + " is there")
        : Finding.fail(
            btf + " is not there: the programs of the capture can't be fitted to this kernel",
            "boot a kernel built with CONFIG_DEBUG_INFO_BTF=y; in a container, mount /sys"
                + instead());
  }

  private Finding lockdown() throws IOException {
    Path file = root.resolve("sys/kernel/security/lockdown");
    if (!Files.isReadable(file)) {
      return Finding.ok("none known");
    }
    Matcher mode = CHOSEN.matcher(Files.readString(file).strip());
    return mode.matches() && mode.group(1).equals("confidentiality")
        ? Finding.fail(
            "confidentiality: the kernel lets nobody read its memory by BPF, which captures",
            "boot with lockdown=integrity, or without the option lockdown=confidentiality"
                + instead())
        : Finding.ok(mode.matches() ? mode.group(1) : "none");
  }

  private Finding unprivileged() throws IOException {
    Path file = root.resolve("proc/sys/kernel/unprivileged_bpf_disabled");
    String value = Files.isReadable(file) ? Files.readString(file).strip() : "0";
    boolean shut = !value.equals("0") && Version.parse(release()).isBefore(OPENS_PINS);
    return shut && !account.isRoot()
        ? Finding.fail(
            "kernel.unprivileged_bpf_disabled="
                + value
                + ": before 5.19 that also forbids the agent to open the capture",
            "give the agent's service AmbientCapabilities=CAP_BPF, or boot a kernel of 6.1 or newer")
        : Finding.ok("kernel.unprivileged_bpf_disabled=" + value + " does not hinder the agent");
  }

  private String instead() {
    return new OtherSources(root, account).instead();
  }

  private String release() throws IOException {
    return Files.readString(root.resolve("proc/sys/kernel/osrelease")).strip();
  }
}
