package io.tasktrail.bench;

import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Machine;
import io.tasktrail.bench.stand.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The kernel's audit and its daemon, which writes its own log or hands it to LAUREL. The rules
/// name nothing but the storm's two programs; the kernel's settings are put back in the end.
///
/// @param laurel whether LAUREL writes what was audited, as JSON
record AuditWatcher(Scratch scratch, Storm storm, boolean laurel) implements Watcher {

  @Override
  public String name() {
    return laurel ? "auditd + laurel" : "auditd";
  }

  @Override
  public List<String> needs() {
    return laurel ? List.of("auditd", "auditctl", "laurel") : List.of("auditd", "auditctl");
  }

  @Override
  public Watch start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(scratch.folder(), "audit");
    Path log = configure(folder);
    AuditRules rules = AuditRules.none();
    Child daemon =
        Child.start(
            folder.resolve("daemon.log"),
            List.of("auditd", "-n", "-s", "nochange", "-c", folder.toString()));
    AtWork atWork = new AtWork(daemon, log, rules);
    try {
      rules.enable();
      rules.add(Kind.FORK.key(), storm.starter(), "fork,vfork,clone,clone3");
      rules.add(Kind.EXEC.key(), storm.program(), "execve,execveat");
      rules.add(Kind.EXIT.key(), storm.program(), "exit_group");
      return atWork;
    } catch (IOException | RuntimeException failure) {
      atWork.close();
      throw failure;
    }
  }

  /// @return where it writes what it saw
  private Path configure(Path folder) throws IOException {
    Files.createDirectory(folder.resolve("plugins"));
    Files.writeString(folder.resolve("auditd.conf"), daemon(folder));
    if (!laurel) {
      return folder.resolve("audit.log");
    }
    Path json = Files.createDirectory(folder.resolve("laurel"));
    Path config = Files.writeString(folder.resolve("laurel.toml"), laurel(json));
    Files.writeString(folder.resolve("plugins/laurel.conf"), plugin(config));
    return json.resolve("audit.log");
  }

  private String daemon(Path folder) {
    return """
      local_events = yes
      write_logs = %s
      log_file = %s/audit.log
      log_group = root
      log_format = RAW
      flush = INCREMENTAL_ASYNC
      freq = 50
      max_log_file = 4000
      num_logs = 0
      max_log_file_action = IGNORE
      priority_boost = 0
      name_format = NONE
      space_left = 75
      space_left_action = IGNORE
      admin_space_left = 50
      admin_space_left_action = IGNORE
      disk_full_action = IGNORE
      disk_error_action = IGNORE
      plugin_dir = %s/plugins
      q_depth = 8192
      overflow_action = IGNORE
      """
        .formatted(laurel ? "no" : "yes", folder, folder);
  }

  private static String plugin(Path config) {
    return """
      active = yes
      direction = out
      type = always
      format = string
      path = /usr/sbin/laurel
      args = --config %s
      """
        .formatted(config);
  }

  private static String laurel(Path json) {
    return """
      directory = "%s"
      user = "root"
      [auditlog]
      file = "audit.log"
      size = 1000000000
      generations = 1
      """
        .formatted(json);
  }

  /// What a rule is for; its key stands in each record that it caused.
  private enum Kind {
    FORK,
    EXEC,
    EXIT;

    private String key() {
      return "tasktrail-bench-" + name().toLowerCase(Locale.ROOT);
    }

    private Seen one() {
      return switch (this) {
        case FORK -> new Seen(1, 0, 0);
        case EXEC -> new Seen(0, 1, 0);
        case EXIT -> new Seen(0, 0, 1);
      };
    }
  }

  private static final class AtWork implements Watch {

    private final Child daemon;
    private final Path log;
    private final AuditRules rules;
    private Optional<Tail> tail = Optional.empty();
    private Seen seen = Seen.NONE;

    AtWork(Child daemon, Path log, AuditRules rules) {
      this.daemon = daemon;
      this.log = log;
      this.rules = rules;
    }

    @Override
    public Child child() {
      return daemon;
    }

    /// The kernel hands the records to the daemon by a thread of its own.
    @Override
    public double cpuSeconds() {
      return daemon.cpuSeconds() + Machine.kernelThreadSeconds("kauditd");
    }

    @Override
    public Seen seen() throws IOException {
      if (tail.isEmpty() && Files.exists(log)) {
        tail = Optional.of(new Tail(log));
      }
      if (tail.isPresent()) {
        tail.get().read().forEach(this::count);
      }
      return seen;
    }

    @Override
    public long lost() throws IOException, InterruptedException {
      return rules.lost();
    }

    /// The record of a rule's own making has its key as well, and no executable.
    private void count(String line) {
      for (Kind kind : Kind.values()) {
        if (line.contains(kind.key()) && !line.contains("add_rule")) {
          seen = seen.plus(kind.one());
        }
      }
    }

    @Override
    public void close() {
      tail.ifPresent(Tail::close);
      try {
        rules.close();
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      } catch (InterruptedException enough) {
        Thread.currentThread().interrupt();
      } finally {
        daemon.close();
      }
    }
  }
}
