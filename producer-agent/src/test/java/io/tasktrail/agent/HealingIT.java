package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.TestCapture;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.history.InMemoryHostState;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is lost of a real kernel's events is healed by a snapshot; needs root and BPF.
class HealingIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  /// More than the small ring holds, several times.
  private static final int FLOOD = 1_500;

  /// Less than what is alive on any machine takes.
  private static final long TINY_RING = 4096;

  @TempDir Path dir;

  @Test
  void afterALossTheFoldKnowsWhoLivesAndWhoVanished() throws Exception {
    Path before = dir.resolve("before.avro");
    Path after = dir.resolve("after.avro");
    Path sleeper = Files.copy(Path.of("/bin/sleep"), dir.resolve("sleeper"));
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      Process gone;
      try (AgentRole agent = AgentRole.start(plan(capture, before), HealingIT::unexpected)) {
        gone = new ProcessBuilder(sleeper.toString(), "600").start();
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }
      flood();
      gone.destroyForcibly().onExit().join();
      Process born = new ProcessBuilder(sleeper.toString(), "601").start();
      try (AgentRole agent = AgentRole.start(plan(capture, after), HealingIT::unexpected)) {
        // What others start meanwhile may tear a snapshot, and the next is a wait away.
        await().atMost(SOON).until(() -> isHealed(before, after));
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      } finally {
        born.destroyForcibly().onExit().join();
      }

      List<TaskEvent> events = both(before, after);
      TaskKey lost = taskOf(events, gone.pid());
      assertThat(Facts.in(events, Fact.EventsLost.class)).isNotEmpty();
      assertThat(Facts.in(events, Fact.Exited.class).stream().map(exit -> exit.actor().task()))
          .doesNotContain(lost);
      InMemoryHostState state = new InMemoryHostState();
      List<AuditEvent> told = fold(state, events);
      assertThat(vanished(told)).contains(lost);
      assertThat(commsOf(state, events, born.pid())).containsExactly("sleeper");
    }
  }

  /// A whole snapshot is over once something comes behind it.
  private static boolean isHealed(Path before, Path after)
      throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("/bin/true").start().waitFor()).isZero();
    return vanished(fold(new InMemoryHostState(), both(before, after))).findAny().isPresent();
  }

  private static List<TaskEvent> both(Path before, Path after) throws IOException {
    return Stream.concat(read(before).stream(), read(after).stream()).toList();
  }

  /// The first snapshot is torn, and so is each that follows: the ring is too small for any.
  @Test
  void tornSnapshotsAreRepeatedButNotAtOnce() throws Exception {
    Path file = dir.resolve("torn.avro");
    try (TestCapture capture = TestCapture.arm(TINY_RING)) {
      try (AgentRole agent = AgentRole.start(plan(capture, file), HealingIT::unexpected)) {
        await().atMost(SOON).until(() -> startsOfSnapshots(file).size() == 3);
        agent.drained().get(SOON.toSeconds(), TimeUnit.SECONDS);
      }

      List<TaskEvent> events = read(file);
      List<Long> starts = startsOfSnapshots(file);
      assertThat(Facts.in(events, Fact.EventsLost.class))
          .anyMatch(loss -> loss.cpu() == Header.SNAPSHOT_CPU);
      assertThat(starts.get(2) - starts.get(1)).isGreaterThanOrEqualTo(Healing.WAIT_MIN.toNanos());
    }
  }

  private static List<Long> startsOfSnapshots(Path file) throws IOException {
    return read(file).stream()
        .filter(event -> event.fact() instanceof Fact.SnapshotStarted)
        .map(event -> event.header().bootNanos())
        .toList();
  }

  private static void flood() throws IOException, InterruptedException {
    String script = "i=0; while [ $i -lt " + FLOOD + " ]; do /bin/true; i=$((i+1)); done";
    assertThat(new ProcessBuilder("/bin/sh", "-c", script).start().waitFor()).isZero();
  }

  private static AgentRole.Plan plan(TestCapture capture, Path file) {
    return new AgentRole.Plan(
        capture.dir(),
        Optional.empty(),
        new Target.File(file),
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

  private static List<TaskEvent> read(Path file) throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    CaptureFile.read(file, events::add);
    return events;
  }

  private static TaskKey taskOf(List<TaskEvent> events, long pid) {
    return Facts.in(events, Fact.Executed.class).stream()
        .map(exec -> exec.actor().task())
        .filter(task -> task.pid() == pid)
        .findFirst()
        .orElseThrow();
  }

  private static List<AuditEvent> fold(InMemoryHostState state, List<TaskEvent> events) {
    Fold fold = new Fold(FoldLimits.DEFAULT);
    return events.stream().flatMap(event -> fold.apply(state, event).stream()).toList();
  }

  private static Stream<TaskKey> vanished(List<AuditEvent> told) {
    return told.stream()
        .filter(
            audit ->
                audit
                    .notice()
                    .filter(notice -> notice.kind() == Notice.Kind.TASK_VANISHED)
                    .isPresent())
        .map(audit -> audit.task().orElseThrow().id().task());
  }

  /// Of the tasks with this pid that the fold takes to be alive.
  private static List<String> commsOf(InMemoryHostState state, List<TaskEvent> events, long pid) {
    return state.boot(events.getFirst().header().boot()).tasks().stream()
        .filter(task -> task.key().pid() == pid)
        .map(task -> task.comm().toString())
        .toList();
  }
}
