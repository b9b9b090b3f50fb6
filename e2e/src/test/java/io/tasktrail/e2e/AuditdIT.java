package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent as a plugin of a real auditd, on what this kernel audits.
class AuditdIT {

  private static final Duration LONG = Duration.ofMinutes(3);
  private static final List<String> PROGRAMS = List.of("outer", "inner", "probe", "reader");

  @TempDir private Path folder;

  @Test
  void whatTheKernelAuditsLeavesWithItsHistory() throws Exception {
    KernelAudit.needed();
    Path outer = copy("/bin/sh", "outer");
    Path inner = copy("/bin/sh", "inner");
    Path probe = copy("/bin/true", "probe");
    Path reader = copy("/bin/cat", "reader");
    Path watched = Files.writeString(folder.resolve("watched"), "x");
    try (Fleet fleet = Fleet.startWithoutCapture(folder)) {
      Path settings =
          Files.writeString(
              folder.resolve("agent.properties"),
              """
              capture.source=audit
              http.listen=off
              spool.dir=%s
              %s
              """
                  .formatted(folder.resolve("spool"), fleet.connection()));
      try (KernelAudit audit =
          KernelAudit.start(
              Files.createDirectory(folder.resolve("auditd")),
              Launcher.HOME.resolve("tasktrail").toRealPath(),
              "agent --config=" + settings)) {
        for (String program : PROGRAMS) {
          audit.rule(
              "always,exit",
              "-F",
              "arch=b64",
              "-S",
              "execve,exit_group",
              "-F",
              "exe=" + folder.resolve(program),
              "-k",
              "tasktrail");
        }
        audit.rule("always,exit", "-F", "path=" + watched, "-F", "perm=r", "-k", "watched-by-test");
        String script =
            "%s -c '%s --password=hunter2; %s %s; exit 3'; exit 0"
                .formatted(inner, probe, reader, watched);
        assertThat(Launcher.run(LONG, new ProcessBuilder(outer.toString(), "-c", script)).status())
            .isZero();

        JsonNode touched = only(fleet, reader, "audit_record");
        JsonNode executed = only(fleet, probe, "exec");
        audit.stop();

        assertThat(AuditLog.lastComms(touched, 3)).containsExactly("outer", "inner", "reader");
        assertThat(AuditLog.lastComms(executed, 3)).containsExactly("outer", "inner", "probe");
        assertThat(executed.at("/process/args").toString()).contains("--password=***");
        assertThat(touched.at("/tasktrail/audit/key").toString()).contains("watched-by-test");
        AuditLog all = AuditLog.read(fleet.audit(), folder.toString());
        assertThat(all.toString()).doesNotContain("hunter2");
        assertThat(all.texts("/tasktrail/completeness")).doesNotContain("whole");
        JsonNode end = only(fleet, inner, "exit");
        assertThat(end.at("/process/exit_code").asInt()).isEqualTo(3);
      } catch (Throwable failed) {
        System.err.println(fleet.said());
        throw failed;
      }
    }
  }

  private Path copy(String program, String name) throws Exception {
    return Files.copy(Path.of(program), folder.resolve(name));
  }

  /// What is told of the task that executes this.
  private static JsonNode only(Fleet fleet, Path executable, String action) {
    return await()
        .atMost(LONG)
        .until(
            () ->
                AuditLog.read(fleet.audit(), executable.toString())
                    .action(action)
                    .where(
                        line ->
                            line.at("/process/executable").asText().equals(executable.toString())),
            found -> found.count() > 0)
        .only();
  }
}
