package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.agent.spool.SpoolPlan;
import io.tasktrail.agent.spool.SpooledKafka;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A secret in a command line of this kernel leaves the agent nowhere; needs root and BPF.
class MaskingIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "Zq7-hunter2-0f9d";
  private static final List<String> MASKED = List.of("--password=***", "PGPASSWORD=***");

  @TempDir Path dir;
  private MarkedProgram marked;

  @BeforeEach
  void start() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    marked = MarkedProgram.in(dir);
  }

  @Test
  void noCaptureFileHoldsIt() throws Exception {
    Path file = dir.resolve("capture.avro");
    run(new Target.File(file), Rules.shipped());

    assertMasked(read(file));
  }

  @Test
  void withoutMaskingItStandsThere() throws Exception {
    Path file = dir.resolve("capture.avro");
    run(new Target.File(file), Rules.NONE);

    assertThat(arguments(read(file)))
        .singleElement()
        .satisfies(
            arguments -> {
              assertThat(arguments.maskedBy()).isEmpty();
              assertThat(arguments.values())
                  .endsWith(
                      ByteText.of("--password=" + SECRET), ByteText.of("PGPASSWORD=" + SECRET));
            });
  }

  @Test
  void neitherTheSpoolNorTheTopicHoldsIt() throws Exception {
    LoopbackProcess kafka = LoopbackProcess.start(dir.resolve("kafka"));
    Map<String, Object> connection =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "schema.registry.url", kafka.registryUrl());
    TaskEventsTopic topic = TaskEventsTopic.create(connection);
    Path spool = dir.resolve("spool");
    Target target =
        new SpooledKafka(
            new Target.Kafka(connection, 4 << 20),
            new SpoolPlan(spool, 1 << 30, 0, Duration.ofMillis(200), 8192));
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        AgentRole _ = AgentRole.start(plan(capture, target, Rules.shipped()), MaskingIT::fail)) {
      await().atMost(SOON).until(() -> !topic.events().isEmpty());
      kafka.kill();
      child();
      await().atMost(SOON).until(() -> !arguments(spooled(spool)).isEmpty());
      assertMasked(spooled(spool));

      kafka = kafka.restart();
      await().atMost(SOON).until(() -> !arguments(topic.events()).isEmpty());
      assertMasked(topic.all());
    } finally {
      topic.close();
      kafka.close();
    }
  }

  private void run(Target target, Rules rules) throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        AgentRole agent = AgentRole.start(plan(capture, target, rules), MaskingIT::fail)) {
      child();
      agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void child() throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder(
                    marked.path().toString(), "--password=" + SECRET, "PGPASSWORD=" + SECRET)
                .start()
                .waitFor())
        .isZero();
  }

  private void assertMasked(List<TaskEvent> events) {
    assertThat(events).noneMatch(event -> event.toString().contains(SECRET));
    assertThat(arguments(events))
        .isNotEmpty()
        .allSatisfy(
            arguments -> {
              assertThat(arguments.values())
                  .containsExactlyElementsOf(
                      Stream.concat(Stream.of(marked.path().toString()), MASKED.stream())
                          .map(ByteText::of)
                          .toList());
              assertThat(arguments.maskedBy()).containsExactly("password");
              assertThat(arguments.count()).isEqualTo(3);
              assertThat(arguments.bytes())
                  .isEqualTo(marked.path().toString().length() + 2 * SECRET.length() + 25);
            });
  }

  private List<Arguments> arguments(List<TaskEvent> events) {
    return marked.execsIn(events).stream().map(Fact.Executed::arguments).toList();
  }

  private static List<TaskEvent> spooled(Path spool) throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    try (Stream<Path> segments = Files.list(spool)) {
      for (Path segment : segments.filter(each -> each.toString().endsWith(".avro")).toList()) {
        CaptureFile.read(segment, events::add);
      }
    }
    return events;
  }

  private static List<TaskEvent> read(Path file) throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    CaptureFile.read(file, events::add);
    return events;
  }

  private static AgentRole.Plan plan(TestCapture capture, Target target, Rules masks) {
    return new AgentRole.Plan(
        capture.dir(),
        Optional.empty(),
        target,
        Duration.ofMillis(20),
        Duration.ofSeconds(1),
        8192,
        Duration.ofSeconds(10),
        masks,
        Duration.ZERO,
        Optional.empty());
  }

  private static void fail(Throwable failure) {
    throw new IllegalStateException(failure);
  }
}
