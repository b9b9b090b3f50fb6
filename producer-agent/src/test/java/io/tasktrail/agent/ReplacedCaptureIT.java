package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents whose capture is replaced, as an upgrade does; they record into files. Needs root and
/// BPF.
class ReplacedCaptureIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path dir;
  private MarkedProgram marked;

  @BeforeEach
  void mark() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    marked = MarkedProgram.in(dir);
  }

  @Test
  void agentGoesOnWithTheNextCaptureAndSaysEachEventOnce() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      Process storm;
      try (AgentRole agent = AgentRole.start(plan(capture, "a"), ReplacedCaptureIT::unexpected)) {
        storm = marked.start(1500);
        capture.replace().replace();
        assertThat(storm.waitFor()).isZero();
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
        capture.replace();
        marked.run(20);
        await().atMost(SOON).until(() -> captures(events("a")).size() == 4);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      List<TaskEvent> events = events("a");
      assertEachOnce(1520, events);
      assertThat(Facts.in(events, Fact.AgentStarted.class)).hasSize(4);
      assertThat(
              Facts.in(events, Fact.AgentStopping.class).stream().map(Fact.AgentStopping::reason))
          .containsExactly("replaced", "replaced", "replaced", "stopped");
    }
  }

  @Test
  void agentThatWasNotThereFindsTheOldRingFirst() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      try (AgentRole agent = AgentRole.start(plan(capture, "a"), ReplacedCaptureIT::unexpected)) {
        marked.run(100);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }
      Process storm = marked.start(1000);
      capture.replace();
      assertThat(storm.waitFor()).isZero();
      try (AgentRole agent = AgentRole.start(plan(capture, "b"), ReplacedCaptureIT::unexpected)) {
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
        await().atMost(SOON).until(() -> captures(events("b")).size() == 2);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      List<TaskEvent> events = Stream.of(events("a"), events("b")).flatMap(List::stream).toList();
      assertEachOnce(1100, events);
      assertThat(captures(events)).hasSize(2);
    }
  }

  @Test
  void agentReadsToTheEndOfWhatItCanReadAndNamesTheVersionThatGoesOn() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      try (AgentRole agent = AgentRole.start(plan(capture, "a"), failure::set)) {
        marked.run(50);
        capture.replaceByTomorrows();
        await().atMost(SOON).until(() -> failure.get() != null);
        assertThat(agent.drained()).isCancelled();
      }

      assertThat(failure.get())
          .isInstanceOf(Failure.class)
          .hasMessageContaining("generation 2")
          .hasMessageContaining("tasktrail-arm 9.9 with record layout 99");
      assertEachOnce(50, events("a"));
      assertThatThrownBy(() -> AgentRole.start(plan(capture, "b"), ReplacedCaptureIT::unexpected))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("layout 99");
    }
  }

  private AgentRole.Plan plan(TestCapture capture, String file) {
    return new AgentRole.Plan(
        capture.dir(),
        Optional.empty(),
        new Target.File(dir.resolve(file)),
        Duration.ofMillis(20),
        Duration.ofSeconds(1),
        8192,
        Duration.ofSeconds(10),
        Rules.shipped(),
        Duration.ZERO,
        Optional.empty());
  }

  private static void unexpected(Throwable failure) {
    throw new IllegalStateException(failure);
  }

  private List<TaskEvent> events(String file) {
    List<TaskEvent> events = new ArrayList<>();
    try {
      CaptureFile.read(dir.resolve(file), events::add);
    } catch (IOException beingWritten) {
      return events;
    }
    return events;
  }

  private void assertEachOnce(int processes, List<TaskEvent> events) {
    List<TaskKey> tasks = marked.tasksIn(events);
    assertThat(tasks).hasSize(processes).doesNotHaveDuplicates();
    List<TaskKey> forked =
        Facts.in(events, Fact.Forked.class).stream().map(Fact.Forked::child).toList();
    List<TaskKey> ended =
        Facts.in(events, Fact.Exited.class).stream().map(exit -> exit.actor().task()).toList();
    assertThat(forked).doesNotHaveDuplicates().containsAll(tasks);
    assertThat(ended).doesNotHaveDuplicates().containsAll(tasks);
    assertThat(Facts.in(events, Fact.EventsLost.class)).isEmpty();
    captures(events).values().forEach(ReplacedCaptureIT::assertNothingUnsaid);
  }

  /// What the checker of the whole pipeline asks: of each cpu, all numbers up to the last one.
  private static void assertNothingUnsaid(List<TaskEvent> ofOneCapture) {
    Numbers numbers = Numbers.of(ofOneCapture);
    int cpus = Runtime.getRuntime().availableProcessors();
    for (int cpu = Header.SNAPSHOT_CPU; cpu < cpus; cpu++) {
      if (!numbers.published(cpu).isEmpty()) {
        assertThat(numbers.unsaid(cpu, numbers.published(cpu).last())).as("cpu %d", cpu).isEmpty();
      }
    }
  }

  private static Map<CaptureId, List<TaskEvent>> captures(List<TaskEvent> events) {
    Map<CaptureId, List<TaskEvent>> captures = new LinkedHashMap<>();
    events.forEach(
        event ->
            captures.computeIfAbsent(event.header().capture(), _ -> new ArrayList<>()).add(event));
    return captures;
  }
}
