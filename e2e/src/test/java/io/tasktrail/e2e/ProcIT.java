package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the proc connector tells on its way through agent, broker, topology and sink: no BPF, no
/// audit.
class ProcIT {

  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void whatOnlyTheProcConnectorTellsLeavesWithItsHistory() throws Exception {
    Needs.procConnector();
    Path outer = Files.copy(Path.of("/bin/sh"), folder.resolve("outer"));
    Path inner = Files.copy(Path.of("/bin/sh"), folder.resolve("inner"));
    Path probe = Files.copy(Path.of("/bin/sleep"), folder.resolve("probe"));
    try (Fleet fleet = Fleet.startWithoutCapture(folder)) {
      Process listener = fleet.procAgent();
      await()
          .atMost(LONG)
          .until(() -> AuditLog.read(fleet.audit()).action("task_seen").count() > 0);
      // Each lives for a while: what is short may be gone before anything of it is read.
      String script =
          "sleep 0.3; %s -c 'sleep 0.3; %s 0.5; : --password=hunter2; %s 1; exit 3'; sleep 0.3"
              .formatted(inner, probe, probe);
      assertThat(Launcher.run(LONG, new ProcessBuilder(outer.toString(), "-c", script)).status())
          .isZero();

      JsonNode executed = first(fleet, probe, "exec");
      JsonNode end = first(fleet, inner, "exit");
      Fleet.stop(listener);

      assertThat(AuditLog.lastComms(executed, 3)).containsExactly("outer", "inner", "probe");
      assertThat(executed.at("/tasktrail/argv_best_effort").asBoolean()).isTrue();
      assertThat(end.at("/process/exit_code").asInt()).isEqualTo(3);
      assertThat(AuditLog.read(fleet.audit()).texts("/tasktrail/completeness"))
          .doesNotContain("whole");
      assertThat(AuditLog.read(fleet.audit(), folder.toString()).toString())
          .contains("--password=***")
          .doesNotContain("hunter2");
    }
  }

  /// The first that is told of a task that executes this.
  private static JsonNode first(Fleet fleet, Path executable, String action) {
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
        .lines()
        .getFirst();
  }
}
