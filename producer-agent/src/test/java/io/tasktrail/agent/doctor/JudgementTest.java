package io.tasktrail.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tasktrail.agent.doctor.Connection.Server;
import io.tasktrail.agent.doctor.Finding.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made of answers, without anybody who answers.
class JudgementTest {

  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final long GIGABYTE = 1 << 30;

  private static final Map<String, String> GOOD_TOPIC =
      Map.of(
          "message.timestamp.type", "LogAppendTime",
          "cleanup.policy", "delete",
          "max.message.bytes", "2097152",
          "retention.ms", "604800000");

  @Test
  void topicThatLosesOrRefusesEventsFailsWithTheCommand() {
    assertThat(topic(Map.of()).outcome()).isEqualTo(Outcome.OK);
    assertThat(topic(Map.of("message.timestamp.type", "CreateTime")).cure())
        .contains("kafka-configs.sh --bootstrap-server kafka:9092")
        .endsWith("--add-config message.timestamp.type=LogAppendTime");
    assertThat(topic(Map.of("cleanup.policy", "compact")).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(topic(Map.of("max.message.bytes", "1000")).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(topic(Map.of("retention.ms", "60000")).outcome()).isEqualTo(Outcome.WARN);
    assertThat(topic(Map.of("retention.ms", "-1")).outcome()).isEqualTo(Outcome.OK);
  }

  private static Finding topic(Map<String, String> changed) {
    Map<String, String> settings = new HashMap<>(GOOD_TOPIC);
    settings.putAll(changed);
    return TopicChecks.judge(settings, "kafka:9092");
  }

  @Test
  void certificateWarnsFourteenDaysBeforeItsEnd() {
    assertThat(certificate(Duration.ofDays(14))).isEqualTo(Outcome.OK);
    assertThat(certificate(Duration.ofDays(13))).isEqualTo(Outcome.WARN);
    assertThat(certificate(Duration.ofDays(-1))).isEqualTo(Outcome.FAIL);
  }

  private static Outcome certificate(Duration left) {
    return Certificates.judge("the broker's", NOW.plus(left), NOW).outcome();
  }

  @Test
  void schemaThatTheSubjectRefusesFailsWithTheFirstReason() {
    assertThat(RegistryChecks.judge("s", List.of()).outcome()).isEqualTo(Outcome.OK);
    assertThat(RegistryChecks.judge("s", List.of("a field is gone")).found())
        .contains("a field is gone");
  }

  @Test
  void spoolIsJudgedByWhatItMayStillTake() {
    SpoolChecks spool =
        new SpoolChecks(Optional.empty(), GIGABYTE, GIGABYTE / 4, account(1, Set.of()));

    assertThat(spool.judge(2 * GIGABYTE, 0).outcome()).isEqualTo(Outcome.OK);
    assertThat(spool.judge(GIGABYTE, 0).outcome()).isEqualTo(Outcome.WARN);
    assertThat(spool.judge(GIGABYTE, GIGABYTE / 2).outcome()).isEqualTo(Outcome.OK);
    assertThat(spool.judge(GIGABYTE / 8, 0).outcome()).isEqualTo(Outcome.FAIL);
  }

  @Test
  void modesAreReadAsTheKernelDoes(@TempDir Path dir) throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--rw---x"));
    long owner = Integer.toUnsignedLong((int) Files.getAttribute(file, "unix:uid"));
    long group = Integer.toUnsignedLong((int) Files.getAttribute(file, "unix:gid"));

    assertThat(account(owner + 1, Set.of(group)).may(file, Account.READ + Account.WRITE)).isTrue();
    assertThat(account(owner + 1, Set.of(group)).may(file, Account.PASS)).isFalse();
    assertThat(account(owner + 1, Set.of(group + 1)).may(file, Account.PASS)).isTrue();
    assertThat(account(owner + 1, Set.of(group + 1)).may(file, Account.READ)).isFalse();
  }

  private static Account account(long uid, Set<Long> groups) {
    return new Account("agent", uid, groups);
  }

  @Test
  void ownRightsAreThoseInForce() {
    Account self =
        Account.self("me", "Name:\tx\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nGroups:\t9 10 \n");

    assertThat(self).isEqualTo(new Account("me", 2, Set.of(6L, 9L, 10L)));
  }

  @Test
  void serversAreParsedAsKafkaDoes() {
    assertThat(Server.parse("kafka:9092")).isEqualTo(new Server("kafka", 9092));
    assertThat(Server.parse("[::1]:9092")).isEqualTo(new Server("::1", 9092));
    assertThat(Server.parse("SSL://kafka:9092")).isEqualTo(new Server("kafka", 9092));
    assertThatIllegalArgumentException().isThrownBy(() -> Server.parse("kafka"));
  }
}
