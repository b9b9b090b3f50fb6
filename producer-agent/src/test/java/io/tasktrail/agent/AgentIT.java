package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.CaptureRing;
import io.tasktrail.agent.ring.Counter;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.CaptureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that read this kernel and publish to a real broker; needs root and BPF.
class AgentIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int NOBODY = 65534;

  /// How often the agent is killed in the test of that.
  private static final int KILLS = Integer.getInteger("tasktrail.kills", 6);

  @TempDir Path dir;
  private LoopbackProcess kafka;
  private Map<String, Object> connection;
  private TaskEventsTopic topic;
  private MarkedProgram marked;

  @BeforeEach
  void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    kafka = LoopbackProcess.start(dir.resolve("kafka"));
    connection =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "schema.registry.url", kafka.registryUrl());
    topic = TaskEventsTopic.create(connection);
    marked = MarkedProgram.in(dir);
  }

  @AfterEach
  void stop() {
    if (kafka != null) {
      topic.close();
      kafka.close();
    }
  }

  @Test
  void eachChildIsPublishedOnceFromForkToExit() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      try (AgentRole agent = AgentRole.start(plan(capture), AgentIT::unexpected)) {
        marked.run(200);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      List<TaskEvent> events = topic.all();
      assertThat(marked.tasksIn(events)).hasSize(200).doesNotHaveDuplicates();
      for (TaskKey task : marked.tasksIn(events)) {
        assertThat(eventsOf(task, events))
            .extracting(fact -> fact.getClass().getSimpleName())
            .containsExactly("Forked", "Executed", "Exited");
      }
      assertThat(topic.keys()).containsOnly(events.getFirst().header().host().toString());
      assertThat(events.getFirst().fact()).isInstanceOf(Fact.AgentStarted.class);
      assertThat(events.getLast().fact()).isEqualTo(new Fact.AgentStopping("stopped"));
      assertNothingUnsaid(capture, Numbers.of(events));
      assertThat(Facts.in(events, Fact.EventsLost.class)).isEmpty();
    }
  }

  @Test
  void nobodyWithoutCapabilitiesIsPrivilegedEnough() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING, "--group", "" + NOBODY);
        AgentProcess agent =
            new AgentProcess.Launcher(
                    dir,
                    AgentProcess.words(
                        "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all"
                            + " --bounding-set=-all --no-new-privs"))
                .start(arguments(capture))) {
      awaitReading(agent);
      marked.run(50);

      await().atMost(SOON).until(() -> marked.tasksIn(topic.events()).size() == 50);
      assertThat(Files.readString(Path.of("/proc", "" + agent.pid(), "status")))
          .contains("CapEff:\t0000000000000000")
          .contains("Uid:\t65534");
      assertThat(agent.terminate().status()).isZero();
      assertThat(topic.all().getLast().fact()).isEqualTo(new Fact.AgentStopping("stopped"));
    }
  }

  @Test
  void brokerThatDiesAndReturnsCostsNothing() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      try (AgentRole agent = AgentRole.start(plan(capture), AgentIT::unexpected)) {
        marked.run(100);
        kafka.kill();
        marked.run(100);
        kafka = kafka.restart();
        marked.run(100);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      List<TaskEvent> events = topic.all();
      assertThat(marked.tasksIn(events)).hasSize(300);
      assertNothingUnsaid(capture, Numbers.of(events));
      assertThat(Facts.in(events, Fact.EventsLost.class)).isEmpty();
    }
  }

  @Test
  void agentWaitsForARegistryAndABrokerThatAreNotThereYet() throws Exception {
    kafka.kill();
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      try (AgentRole agent = AgentRole.start(plan(capture), AgentIT::unexpected)) {
        marked.run(20);
        kafka = kafka.restart();
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      assertThat(marked.tasksIn(topic.all())).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatAFullRingLosesIsDeclaredToTheLastNumber() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      marked.run(3000);
      try (AgentRole agent = AgentRole.start(plan(capture), AgentIT::unexpected)) {
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
        // The ring was full until then; now it has room, and nothing more is lost.
        marked.run(20);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      Numbers numbers = Numbers.of(topic.all());
      assertNothingUnsaid(capture, numbers);
      try (CaptureRing ring = CaptureRing.open(capture.dir())) {
        List<Counter> counters = ring.counters();
        assertThat(counters.stream().mapToLong(each -> each.lost().total()).sum()).isPositive();
        for (Counter counter : counters) {
          assertThat(numbers.lost(counter.cpu()))
              .hasSize((int) counter.lost().total())
              .doesNotContainAnyElementsOf(numbers.published(counter.cpu()));
        }
      }
    }
  }

  @Test
  void killedAgentsLeaveNoNumberUnsaid() throws Exception {
    Random random = new Random();
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      AgentProcess.Launcher launcher = new AgentProcess.Launcher(dir, List.of());
      Process storm = marked.startForever();
      try {
        for (int i = 0; i < KILLS; i++) {
          try (AgentProcess agent = launcher.start(arguments(capture))) {
            awaitStarted(agent);
            int more = topic.events().size() + random.nextInt(3000);
            await().atMost(SOON).until(() -> topic.events().size() >= more);
            agent.kill();
          }
        }
      } finally {
        storm.destroyForcibly().onExit().join();
      }
      try (AgentRole agent = AgentRole.start(plan(capture), AgentIT::unexpected)) {
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      List<TaskEvent> events = topic.all();
      assertThat(events.stream().filter(each -> each.fact() instanceof Fact.AgentStarted))
          .hasSize(KILLS + 1);
      Numbers numbers = Numbers.of(events);
      assertNothingUnsaid(capture, numbers);
      long lastOwn = numbers.published(-1).last();
      assertThat(numbers.unsaid(-1, lastOwn)).isEmpty();
    }
  }

  @Test
  void recordingEndsByItselfAndIsWhole() throws Exception {
    Path file = dir.resolve("capture.avro");
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        AgentProcess agent =
            new AgentProcess.Launcher(dir, List.of())
                .start(
                    List.of(
                        "--pin", capture.dir().toString(), "--output", file + "", "--for", "2s"))) {
      awaitReading(agent);
      marked.run(5);
      assertThat(agent.status()).isZero();
    }

    List<TaskEvent> events = new ArrayList<>();
    assertThat(CaptureFile.read(file, events::add)).isTrue();
    assertThat(marked.tasksIn(events)).hasSize(5);
  }

  @Test
  void nothingArmedIsOneLineWithTheCure() {
    AgentRole.Plan plan = plan(Path.of("/sys/fs/bpf/tasktrail-none"));

    assertThatThrownBy(() -> AgentRole.start(plan, AgentIT::unexpected))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("tasktrail-arm --pin /sys/fs/bpf/tasktrail-none");
  }

  private AgentRole.Plan plan(TestCapture capture) {
    return plan(capture.dir());
  }

  private AgentRole.Plan plan(Path pin) {
    return new AgentRole.Plan(
        pin,
        Optional.empty(),
        new Target.Kafka(connection, 4 << 20),
        Duration.ofMillis(20),
        Duration.ofSeconds(1),
        8192,
        Duration.ofSeconds(10),
        Rules.shipped(),
        Duration.ZERO,
        Optional.empty());
  }

  private List<String> arguments(TestCapture capture) {
    List<String> arguments =
        new ArrayList<>(List.of("--pin", capture.dir().toString(), "--set", "spool.dir="));
    connection.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return arguments;
  }

  private static void awaitReading(AgentProcess agent) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> agent.said().contains("reading "));
  }

  /// Its first words are on the topic.
  private void awaitStarted(AgentProcess agent) {
    await()
        .atMost(SOON)
        .until(
            () ->
                Facts.in(topic.events(), Fact.AgentStarted.class).stream()
                    .anyMatch(started -> started.pid() == agent.pid()));
  }

  private static void unexpected(Throwable failure) {
    throw new IllegalStateException(failure);
  }

  private static List<Fact> eventsOf(TaskKey task, List<TaskEvent> events) {
    return events.stream()
        .map(TaskEvent::fact)
        .filter(
            fact ->
                fact instanceof Fact.Forked fork
                    ? fork.child().equals(task)
                    : fact instanceof Fact.OfTask other && other.actor().task().equals(task))
        .toList();
  }

  /// Beyond that, what the kernel numbered is still in the ring.
  private static void assertNothingUnsaid(TestCapture capture, Numbers numbers) {
    try (CaptureRing ring = CaptureRing.open(capture.dir())) {
      int cpu = Header.SNAPSHOT_CPU;
      for (Progress settled : ring.settled()) {
        assertThat(numbers.unsaid(cpu, settled.delivered())).as("cpu %d", cpu).isEmpty();
        cpu++;
      }
    }
  }
}
