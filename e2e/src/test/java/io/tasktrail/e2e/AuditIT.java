package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of audit on their way through agent, broker, topology and sink: no root, no BPF.
class AuditIT {

  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Path GOLDEN =
      Launcher.HOME.resolve("../shared/data/go-libaudit/auparse/testdata/audit-rhel7.log");

  @TempDir private Path folder;

  @Test
  void whoeverIsRecordedHasAHistoryThatOutlivesRotationAndAKilledAgent() throws Exception {
    Path log = folder.resolve("audit.log");
    AuditStory story = new AuditStory(log);
    story.executes(1, 50, "sshd");
    story.executes(50, 60, "bash");
    story.executes(60, 70, "sudo");
    story.commands(70, "mysql -pSECRET");
    try (Fleet fleet = Fleet.startWithoutCapture(folder)) {
      Map<String, String> settings =
          Map.of("audit.input", log.toString(), "audit.state", folder.resolve("state").toString());
      Process first = fleet.auditAgent(settings);
      assertHistory(onlyRecord(fleet, "USER_CMD"), "sshd", "bash", "sudo");
      first.destroyForcibly().waitFor();
      story.isDenied(60, 70, "sudo");
      story.rotate();
      story.executes(60, 70, "cat");
      story.touches(60, 70, "cat", "/etc/shadow");
      Process second = fleet.auditAgent(settings);

      JsonNode denied = onlyRecord(fleet, "AVC");
      JsonNode watched = onlyRecord(fleet, "shadow");
      Fleet.stop(second);

      assertHistory(denied, "sshd", "bash", "sudo");
      assertHistory(watched, "bash", "sudo", "cat");
      assertThat(watched.at("/tasktrail/audit/key").toString()).contains("shadow");
      AuditLog all = AuditLog.read(fleet.audit());
      JsonNode command =
          all.where(line -> line.at("/tasktrail/audit/type").toString().contains("USER_CMD"))
              .only();
      assertThat(command.toString()).contains("-p***").doesNotContain("SECRET");
      assertThat(all.action("exec").texts("/process/name"))
          .containsExactly("sshd", "bash", "sudo", "cat");
      assertThat(all.texts("/tasktrail/completeness")).doesNotContain("whole");
    }
  }

  @Test
  void aRealLogReachesTheFile() throws Exception {
    assumeTrue(Files.exists(GOLDEN), "skipped: no logs of go-libaudit at " + GOLDEN);
    try (Fleet fleet = Fleet.startWithoutCapture(folder)) {
      Process agent =
          fleet.auditAgent(Map.of("audit.input", GOLDEN.toString(), "audit.follow", "false"));
      assertThat(agent.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(agent.exitValue()).as(fleet.said()).isZero();

      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(AuditLog.read(fleet.audit()).action("audit_record").lines())
                      .isNotEmpty()
                      .allMatch(line -> !line.at("/tasktrail/chain").isEmpty()));
    }
  }

  @Test
  void garbageEndsWithStatusOneAndSaysWhy() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage"), "no log\n");
    var ended =
        Launcher.run(
            LONG,
            Launcher.command(
                "agent",
                "--source=audit",
                "--output=" + folder.resolve("capture.avro"),
                "--set=audit.follow=false",
                "--set=http.listen=off",
                "--set=audit.input=" + garbage));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("none of 1 lines is a record of audit (line 1: no type=)");
  }

  /// Of those that name this.
  private static JsonNode onlyRecord(Fleet fleet, String text) {
    return await()
        .atMost(LONG)
        .until(
            () -> AuditLog.read(fleet.audit(), text).action("audit_record"),
            found -> found.count() > 0)
        .only();
  }

  private static void assertHistory(JsonNode line, String... last) {
    assertThat(AuditLog.lastComms(line, last.length)).isEqualTo(List.of(last));
  }
}
