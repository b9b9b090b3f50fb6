package io.tasktrail.bench;

import io.tasktrail.bench.stand.Child;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of the kernel's audit while it is measured. Its settings are put back in the end.
final class AuditRules {

  /// Records that may wait for the daemon: what busy hosts are told to set.
  private static final String BACKLOG = "65536";

  private final String before;
  private final List<String> keys = new ArrayList<>();

  private AuditRules(String before) {
    this.before = before;
  }

  /// Begins without any.
  ///
  /// @throws Failure if the machine has some, which are left alone
  static AuditRules none() throws IOException, InterruptedException {
    String rules = control("-l");
    if (!rules.equals("No rules")) {
      throw new Failure("this machine is audited", "auditctl -l", "measure on another one");
    }
    return new AuditRules(control("-s"));
  }

  /// No process ever waits for the daemon.
  void enable() throws IOException, InterruptedException {
    control("-b", BACKLOG, "--backlog_wait_time", "0", "-e", "1");
  }

  /// Audits system calls of one program.
  ///
  /// @param calls joined by commas
  void add(String key, Path program, String calls) throws IOException, InterruptedException {
    keys.add(key);
    control("-a", "always,exit", "-F", "arch=b64", "-S", calls, "-F", "exe=" + program, "-k", key);
  }

  /// Records that were lost since the beginning.
  long lost() throws IOException, InterruptedException {
    return setting("lost", control("-s")) - setting("lost", before);
  }

  /// Puts everything back.
  void close() throws IOException, InterruptedException {
    for (String key : keys) {
      control("-D", "-k", key);
    }
    control(
        "-e",
        Long.toString(setting("enabled", before)),
        "-b",
        Long.toString(setting("backlog_limit", before)),
        "--backlog_wait_time",
        Long.toString(setting("backlog_wait_time", before)));
  }

  private static long setting(String name, String status) {
    Matcher line = Pattern.compile("(?m)^" + name + " (\\d+)").matcher(status);
    if (!line.find()) {
      throw new Failure("does not say " + name, "auditctl -s", "is auditctl of version 3?");
    }
    return Long.parseLong(line.group(1));
  }

  private static String control(String... words) throws IOException, InterruptedException {
    return Child.run(Stream.concat(Stream.of("auditctl"), Stream.of(words)).toList());
  }
}
