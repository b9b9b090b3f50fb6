package io.tasktrail.agent.doctor;

import io.tasktrail.agent.CaptureSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What can be read of a host where BPF can't be loaded.
///
/// @param root the root directory, `/`
/// @param account who runs the agent
record OtherSources(Path root, Account account) {

  private static final String STANDARD_INPUT = "-";

  /// What there is besides the capture, for whoever may need it.
  Check besides() {
    return Check.of("other sources", this::found);
  }

  /// What an agent needs that reads one of these.
  ///
  /// @param source which
  /// @param auditInput where it reads records of audit
  Check of(CaptureSource source, String auditInput) {
    return source == CaptureSource.PROC
        ? Check.of("proc connector", this::connector)
        : Check.of("records of audit", () -> audit(auditInput));
  }

  /// To be put behind the cure of what keeps BPF from being loaded: the better one first.
  String instead() {
    if (hasConnector()) {
      return "; or without BPF: systemctl enable --now tasktrail-listen (capture.source=proc, see"
          + " docs/proc.md)";
    }
    return hasAudit() ? "; or without BPF: capture.source=audit, see docs/audit.md" : "";
  }

  private Finding found() {
    List<String> sources = new ArrayList<>();
    if (hasConnector()) {
      sources.add("the proc connector (capture.source=proc)");
    }
    if (hasAudit()) {
      sources.add("records of audit (capture.source=audit)");
    }
    return Finding.ok(
        sources.isEmpty()
            ? "none: nothing could be read without BPF"
            : String.join(", ", sources) + ", should BPF not be possible; both tell less");
  }

  private boolean hasConnector() {
    try {
      return Files.readString(root.resolve("proc/net/connector")).contains("cn_proc");
    } catch (IOException none) {
      return false;
    }
  }

  private boolean hasAudit() {
    return Files.exists(root.resolve("proc/self/loginuid"));
  }

  private Finding connector() {
    return hasConnector()
        ? Finding.ok("the kernel has it; tasktrail-listen (as root) subscribes")
        : Finding.fail(
            "the kernel has none here: /proc/net/connector does not name cn_proc",
            "boot a kernel with CONFIG_PROC_EVENTS=y, and run in its first network namespace");
  }

  private Finding audit(String input) throws IOException {
    if (input.equals(STANDARD_INPUT)) {
      return Finding.ok("from standard input, as a plugin of auditd");
    }
    Path file = root.resolve(Path.of("/").relativize(Path.of(input).toAbsolutePath()));
    if (!Files.exists(file)) {
      return Finding.fail(input + " is not there", "start auditd, or set audit.input");
    }
    return account.may(file, Account.READ)
        ? Finding.ok(account.name() + " may read " + input)
        : Finding.fail(
            account.name() + " may not read " + input,
            "set log_group in auditd.conf to a group of " + account.name());
  }
}
