package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.role.Launch;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tasktrail topics` on a real broker. Needs nothing but loopback.
final class TopicsMainIT {

  private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void createMakesWhatIsMissingAndTellsWhatItIs() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      assertThat(run(platform, "--create")).as(err.toString()).isZero();

      assertThat(out.toString().lines())
          .contains(
              "tasktrail.task-events: partitions=6 replicas=1 cleanup.policy=delete"
                  + " message.timestamp.type=LogAppendTime retention.ms=604800000"
                  + " max.message.bytes=2097152",
              "tasktrail.task-history: partitions=6 replicas=1 cleanup.policy=compact"
                  + " message.timestamp.type=LogAppendTime max.message.bytes=4194304")
          .allMatch(line -> line.startsWith("tasktrail."));
      assertThat(err.toString()).isEmpty();
      assertThat(run(platform, "--create")).isZero();
      assertThat(run(platform, "--check")).isZero();
    }
  }

  @Test
  void checkMakesNothing() throws Exception {
    try (Platform platform = Platform.start(directory);
        Admin admin = Admin.create(Map.copyOf(platform.connection()))) {
      assertThat(run(platform, "--check")).isEqualTo(1);

      assertThat(admin.listTopics().names().get()).isEmpty();
      assertThat(out.toString())
          .contains("tasktrail.task-events: missing\n")
          .contains("  topic tasktrail.task-events is missing: set topics.create=true, or run");
      assertThat(err.toString()).contains("topics are not as they must be").hasLineCount(1);
    }
  }

  @Test
  void everythingThatWouldBreakHistoriesIsToldWithItsCure() throws Exception {
    try (Platform platform = Platform.start(directory);
        Admin admin = Admin.create(Map.copyOf(platform.connection()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topics.TASK_EVENTS, 3, (short) 1).configs(COMPACTED),
                  new NewTopic(Topics.TASK_HISTORY, 6, (short) 1)))
          .all()
          .get();

      assertThat(run(platform, "--create")).isEqualTo(1);

      assertThat(problemsOf(Topics.TASK_EVENTS))
          .anyMatch(line -> line.contains("3 partitions, not 6: set topics.partitions=3"))
          .anyMatch(line -> line.contains("--add-config cleanup.policy=delete"))
          .anyMatch(line -> line.contains("--add-config message.timestamp.type=LogAppendTime"))
          .anyMatch(line -> line.contains("--add-config max.message.bytes=2097152"));
      assertThat(problemsOf(Topics.TASK_HISTORY))
          .anyMatch(line -> line.contains("--add-config cleanup.policy=compact"));
      assertThat(problemsOf(Topics.AUDIT_EVENTS)).isEmpty();
    }
  }

  @Test
  void oneOfTheTwoMustBeAskedFor() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("--create", "--check")).isEqualTo(2);
  }

  @Test
  void brokerThatIsAwayIsOneLine() throws Exception {
    String nowhere = "bootstrap.servers=127.0.0.1:" + LoopbackPort.free().number();

    int status =
        run(
            "--check",
            "--set",
            nowhere,
            "--set",
            "admin.default.api.timeout.ms=2000",
            "--set",
            "admin.request.timeout.ms=1000");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("Kafka at 127.0.0.1:").hasLineCount(1);
  }

  /// What stands below a topic's line.
  private List<String> problemsOf(String topic) {
    return out.toString()
        .lines()
        .dropWhile(line -> !line.startsWith(topic + ": "))
        .skip(1)
        .takeWhile(line -> line.startsWith("  "))
        .toList();
  }

  private int run(Platform platform, String task) {
    return run(task, "--set", "bootstrap.servers=" + platform.bootstrapServers());
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Launch.run(
        new TopicsMain(),
        new Shutdown(),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        words);
  }
}
