package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The audit system of this machine, with an auditd of the test's own in the foreground; how it was
/// before is restored. Rules are narrow: of the test's own programs and files.
final class KernelAudit implements AutoCloseable {

  private static final Duration ENDING = Duration.ofSeconds(40);
  private static final String BACKLOG = "8192";

  private final Path folder;
  private final Map<String, String> before;
  private final List<List<String>> rules = new ArrayList<>();
  private final Process auditd;

  private KernelAudit(Path folder, Map<String, String> before, Process auditd) {
    this.folder = folder;
    this.before = before;
    this.auditd = auditd;
  }

  /// Skips the test, with the reason, where it can't be had.
  static void needed() {
    Needs.root();
    Needs.command("auditd");
    Needs.command("auditctl");
    Map<String, String> status = status();
    assumeTrue(status.containsKey("enabled"), "needs the audit system: auditctl -s says nothing");
    assumeTrue("0".equals(status.get("pid")), "another auditd reads what the kernel audits");
    assumeTrue(!"2".equals(status.get("enabled")), "the rules of audit are locked");
    assumeTrue(auditctl("-l").out().strip().equals("No rules"), "there are rules of audit already");
  }

  /// Starts auditd with one plugin.
  ///
  /// @param plugin the program, by its path
  /// @param arguments at most two
  static KernelAudit start(Path folder, Path plugin, String arguments) throws IOException {
    Map<String, String> before = status();
    Path plugins = Files.createDirectories(folder.resolve("plugins.d"));
    secured(
        plugins.resolve("tasktrail.conf"),
        """
        active = yes
        direction = out
        path = %s
        type = always
        args = %s
        format = string
        """
            .formatted(plugin, arguments));
    secured(
        folder.resolve("auditd.conf"),
        """
        local_events = yes
        write_logs = no
        log_format = RAW
        flush = NONE
        space_left = 2
        admin_space_left = 1
        space_left_action = IGNORE
        admin_space_left_action = IGNORE
        disk_full_action = IGNORE
        disk_error_action = IGNORE
        overflow_action = IGNORE
        plugin_dir = %s
        """
            .formatted(plugins));
    File said = folder.resolve("auditd.log").toFile();
    Process auditd =
        new ProcessBuilder("auditd", "-f", "-c", folder.toString(), "-s", "nochange")
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    KernelAudit audit = new KernelAudit(folder, before, auditd);
    audit.enable();
    return audit;
  }

  private static void secured(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  private void enable() throws IOException {
    try {
      await().atMost(ENDING).until(() -> said().contains("Init complete") || !auditd.isAlive());
      assertThat(auditd.isAlive()).as(said()).isTrue();
      set("--backlog_wait_time", "0");
      set("-b", BACKLOG);
      set("-e", "1");
    } catch (Throwable failed) {
      close();
      throw failed;
    }
  }

  private static void set(String option, String value) {
    var ended = auditctl(option, value);
    assertThat(ended.status()).as(ended.err()).isZero();
  }

  /// Adds a rule until [#close].
  ///
  /// @param rule as auditctl(8) takes it after `-a`
  void rule(String... rule) {
    List<String> words = new ArrayList<>(List.of("-a"));
    words.addAll(List.of(rule));
    var ended = auditctl(words.toArray(String[]::new));
    assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    rules.add(List.of(rule));
  }

  /// What auditd and its plugin said.
  String said() throws IOException {
    return Files.readString(folder.resolve("auditd.log"));
  }

  /// Ends auditd; its plugin ends with its input.
  void stop() throws InterruptedException {
    List<ProcessHandle> plugins = auditd.descendants().toList();
    auditd.destroy();
    assertThat(auditd.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    await().atMost(ENDING).until(() -> plugins.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static Map<String, String> status() {
    Map<String, String> status = new HashMap<>();
    auditctl("-s")
        .out()
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(words -> words.length == 2)
        .forEach(words -> status.put(words[0], words[1].strip()));
    return status;
  }

  private static Launcher.Ended auditctl(String... words) {
    List<String> command = new ArrayList<>(List.of("auditctl"));
    command.addAll(List.of(words));
    return Launcher.run(ENDING, new ProcessBuilder(command));
  }

  /// Each step, whatever became of the others.
  @Override
  public void close() {
    for (List<String> rule : rules) {
      List<String> words = new ArrayList<>(List.of("-d"));
      words.addAll(rule);
      auditctl(words.toArray(String[]::new));
    }
    auditctl("-e", before.get("enabled"));
    auditctl("-b", before.get("backlog_limit"));
    auditctl("--backlog_wait_time", before.get("backlog_wait_time"));
    List<ProcessHandle> plugins = auditd.descendants().toList();
    auditd.destroy();
    try {
      if (!auditd.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
        auditd.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    plugins.forEach(ProcessHandle::destroyForcibly);
    Map<String, String> after = status();
    for (String each : List.of("enabled", "backlog_limit", "backlog_wait_time")) {
      assertThat(after).containsEntry(each, before.get(each));
    }
  }
}
