package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.ring.CaptureRing;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LossCause;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.loopback.LoopbackProcess;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents whose broker is away for longer than the ring lasts; needs root and BPF.
class SpoolIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  /// Full after about 4,000 events.
  private static final long RING = 1 << 20;

  private static final int PROGRAMS = 250;

  @TempDir Path dir;
  private Path spool;
  private MarkedProgram marked;
  private LoopbackProcess kafka;
  private TaskEventsTopic topic;
  private TestCapture capture;
  private AgentProcess agent;

  @BeforeEach
  void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    spool = dir.resolve("spool");
    marked = MarkedProgram.in(dir);
    kafka = LoopbackProcess.start(dir.resolve("kafka"));
    topic =
        TaskEventsTopic.create(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "schema.registry.url", kafka.registryUrl()));
  }

  @AfterEach
  void stop() {
    if (agent != null) {
      agent.close();
    }
    if (capture != null) {
      capture.close();
    }
    if (kafka != null) {
      topic.close();
      kafka.close();
    }
  }

  @Test
  void brokerAwayAndAgentsKilledMeanwhileCostNothing() throws Exception {
    capture = TestCapture.arm(RING);
    agent = agent();
    await().atMost(SOON).until(() -> !topic.events().isEmpty());
    marked.run(PROGRAMS);
    awaitExecs(PROGRAMS);

    kafka.kill();
    int storms = 14;
    for (int i = 1; i <= storms; i++) {
      marked.run(PROGRAMS);
      awaitSpooled(i * PROGRAMS);
      if (i % 3 == 0) {
        agent.kill();
        agent = agent();
      }
    }
    assertThat(capturedBytes()).isGreaterThan(RING + RING / 2);

    kafka = kafka.restart();
    awaitExecs((storms + 1) * PROGRAMS);
    await().atMost(SOON).until(() -> segments().isEmpty());
    marked.run(PROGRAMS);
    awaitExecs((storms + 2) * PROGRAMS);
    assertThat(agent.terminate().status()).isZero();

    List<TaskEvent> events = topic.all();
    // What a killed agent was about to say of itself, if anything.
    assertThat(Facts.in(events, Fact.EventsLost.class))
        .allSatisfy(
            loss -> {
              assertThat(loss.cpu()).isEqualTo(Header.AGENT_CPU);
              assertThat(loss.cause()).isEqualTo(LossCause.AGENT_KILLED);
            });
    assertNothingUnsaid(events);
    assertInOrder(events);
  }

  @Test
  void whatIsShedAtTheBoundIsInTheStream() throws Exception {
    capture = TestCapture.arm(TestCapture.RING);
    agent = agent("spool.bytes.max=1m");
    marked.run(PROGRAMS);
    awaitExecs(PROGRAMS);

    kafka.kill();
    marked.run(PROGRAMS);
    awaitSpooled(PROGRAMS);
    await()
        .atMost(SOON.multipliedBy(2))
        .until(
            () -> {
              forks(1000);
              return agent.said().contains("given up");
            });
    kafka = kafka.restart();
    awaitExecs(2 * PROGRAMS);
    await().atMost(SOON).until(() -> segments().isEmpty());
    assertThat(agent.terminate().status()).isZero();

    List<TaskEvent> events = topic.all();
    List<Fact.EventsLost> shed =
        Facts.in(events, Fact.EventsLost.class).stream()
            .filter(loss -> loss.cause() == LossCause.SPOOL_FULL)
            .toList();
    assertThat(shed)
        .isNotEmpty()
        .allSatisfy(
            loss ->
                assertThat(loss.kinds().stream().mapToLong(Fact.LostOfKind::count).sum())
                    .isEqualTo(loss.count()))
        .flatExtracting(Fact.EventsLost::kinds)
        .extracting(Fact.LostOfKind::kind)
        .containsOnly("fork", "exit");
    assertNothingUnsaid(events);
    assertInOrder(events);
    for (TaskKey task : marked.tasksIn(events)) {
      assertThat(eventsOf(task, events)).containsExactly("Forked", "Executed", "Exited");
    }
  }

  @Test
  void aFullDiskIsSaidOnceAndTheRingKeepsTheRest() throws Exception {
    Files.createDirectory(spool);
    run("mount -t tmpfs -o size=64k none " + spool);
    try {
      capture = TestCapture.arm(TestCapture.RING);
      agent = agent();
      marked.run(PROGRAMS);
      awaitExecs(PROGRAMS);

      kafka.kill();
      await()
          .atMost(SOON)
          .until(
              () -> {
                forks(300);
                return agent.said().contains("No space left on device");
              });
      marked.run(PROGRAMS);
      kafka = kafka.restart();
      awaitExecs(2 * PROGRAMS);
      assertThat(agent.terminate().status()).isZero();

      assertThat(agent.said()).containsOnlyOnce("No space left on device");
      List<TaskEvent> events = topic.all();
      assertThat(Facts.in(events, Fact.EventsLost.class)).isEmpty();
      assertNothingUnsaid(events);
      assertInOrder(events);
    } finally {
      agent.close();
      run("umount " + spool);
    }
  }

  @Test
  void networkThatSwallowsEverythingCostsNothing() throws Exception {
    capture = TestCapture.arm(RING);
    agent = agent("request.timeout.ms=2000", "delivery.timeout.ms=10000");
    marked.run(PROGRAMS);
    awaitExecs(PROGRAMS);

    kafka.freeze();
    int storms = 8;
    try {
      for (int i = 1; i <= storms; i++) {
        marked.run(PROGRAMS);
        awaitSpooled(i * PROGRAMS);
      }
    } finally {
      kafka.thaw();
    }
    assertAllIsSent((storms + 1) * PROGRAMS);
  }

  /// The registry takes connections, and has never told this agent how its schema is called.
  @Test
  void firstStartWhileNobodyAnswersCostsNothing() throws Exception {
    capture = TestCapture.arm(RING);
    kafka.freeze();
    try {
      agent = agent("request.timeout.ms=2000", "delivery.timeout.ms=10000");
      marked.run(PROGRAMS);
      awaitSpooled(PROGRAMS);
    } finally {
      kafka.thaw();
    }
    assertAllIsSent(PROGRAMS);
  }

  private void assertAllIsSent(int programs) throws Exception {
    awaitExecs(programs);
    await().atMost(SOON).until(() -> segments().isEmpty());
    assertThat(agent.terminate().status()).isZero();

    List<TaskEvent> events = topic.all();
    assertThat(Facts.in(events, Fact.EventsLost.class)).isEmpty();
    assertNothingUnsaid(events);
    assertInOrder(events);
  }

  private AgentProcess agent(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--pin", capture.dir().toString()));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "bootstrap.servers=" + kafka.bootstrapServers(),
                "schema.registry.url=" + kafka.registryUrl(),
                "heartbeat.interval=1s",
                "spool.dir=" + spool,
                "spool.bytes.free=0",
                "spool.after=500ms"));
    settings.addAll(List.of(more));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    AgentProcess started = new AgentProcess.Launcher(dir, List.of()).start(arguments);
    await().atMost(SOON).until(() -> started.said().contains("reading "));
    return started;
  }

  private void awaitExecs(int count) {
    await().atMost(SOON).until(() -> new HashSet<>(marked.tasksIn(topic.events())).size() == count);
  }

  private void awaitSpooled(int count) {
    await().atMost(SOON).until(() -> new HashSet<>(marked.tasksIn(spooled())).size() == count);
  }

  /// What of it the disk has; the last block may be being written.
  private List<TaskEvent> spooled() throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    for (Path segment : segments()) {
      if (Files.size(segment) > 0) {
        CaptureFile.read(segment, events::add);
      }
    }
    return events;
  }

  private List<Path> segments() throws IOException {
    if (!Files.isDirectory(spool)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(spool)) {
      return files.filter(file -> file.toString().endsWith(".avro")).sorted().toList();
    }
  }

  private long capturedBytes() throws IOException {
    agent.kill();
    try (CaptureRing ring = CaptureRing.open(capture.dir())) {
      return ring.producerPosition();
    } finally {
      agent = agent();
    }
  }

  private static void forks(int processes) throws IOException, InterruptedException {
    run("i=0; while [ $i -lt " + processes + " ]; do ( : ); i=$((i+1)); done");
  }

  private static void run(String script) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("/bin/sh", "-c", script).inheritIO().start().waitFor()).isZero();
  }

  /// Each once, in the order in which they came first.
  private static List<String> eventsOf(TaskKey task, List<TaskEvent> events) {
    return events.stream()
        .map(TaskEvent::fact)
        .filter(
            fact ->
                fact instanceof Fact.Forked fork
                    ? fork.child().equals(task)
                    : fact instanceof Fact.OfTask other && other.actor().task().equals(task))
        .map(fact -> fact.getClass().getSimpleName())
        .distinct()
        .toList();
  }

  private void assertNothingUnsaid(List<TaskEvent> events) {
    Numbers numbers = Numbers.of(events);
    try (CaptureRing ring = CaptureRing.open(capture.dir())) {
      int cpu = Header.SNAPSHOT_CPU;
      for (Progress settled : ring.settled()) {
        assertThat(numbers.unsaid(cpu, settled.delivered())).as("cpu %d", cpu).isEmpty();
        cpu++;
      }
    }
  }

  /// What the kernel numbered comes first in the order of its numbers, whatever is sent again.
  private static void assertInOrder(List<TaskEvent> events) {
    Map<Integer, Long> last = new HashMap<>();
    Set<List<Long>> seen = new HashSet<>();
    for (TaskEvent event : events) {
      int cpu = event.header().cpu();
      long sequence = event.header().sequence();
      if (cpu >= 0 && seen.add(List.of((long) cpu, sequence))) {
        assertThat(sequence).isGreaterThan(last.getOrDefault(cpu, 0L));
        last.put(cpu, sequence);
      }
    }
  }
}
