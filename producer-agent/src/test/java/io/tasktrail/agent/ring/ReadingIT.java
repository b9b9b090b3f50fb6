package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Captures of a real kernel, read, left and taken up again; needs root and BPF.
class ReadingIT {

  private static final String GROUP = "65534";
  private static final int STORM = 5000;
  private static final long POLL_NANOS = 20_000_000;

  /// Forks, execs and exits as fast as a shell can.
  private static void storm(int processes) {
    Shell.run(
        "/bin/sh", "-c", "i=0; while [ $i -lt " + processes + " ]; do /bin/true; i=$((i+1)); done");
  }

  @Test
  void snapshotHasEveryProcessAndComesFirst() throws IOException {
    Set<Integer> alive = processes();
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        CaptureRing ring = CaptureRing.open(capture.dir())) {
      Recording recording = new Recording().drain(ring);

      Map<Integer, Fact.TaskSeen> seen =
          recording.events.stream()
              .filter(event -> event.cpu() == -2)
              .map(KernelEvent::fact)
              .filter(Fact.TaskSeen.class::isInstance)
              .map(Fact.TaskSeen.class::cast)
              .collect(Collectors.toMap(task -> task.actor().task().pid(), task -> task));
      alive.retainAll(processes());
      assertThat(seen.keySet()).containsAll(alive);
      assertThat(recording.events.getFirst().fact()).isInstanceOf(Fact.SnapshotStarted.class);
      assertThat(finished(recording).tasks()).isEqualTo(seen.size());
      Fact.TaskSeen self = seen.get((int) ProcessHandle.current().pid());
      assertThat(self.executable()).hasToString(Path.of("/proc/self/exe").toRealPath().toString());
      assertThat(self.parent().pid()).isEqualTo(parentPid());
      assertThat(seen.get(2).kernelThread()).isTrue();
      assertThat(seen.get(2).parent()).isEqualTo(TaskKey.ROOT);
      assertThat(seen.get(1).kernelThread()).isFalse();
    }
  }

  private static Fact.SnapshotFinished finished(Recording recording) {
    return recording.events.stream()
        .map(KernelEvent::fact)
        .filter(Fact.SnapshotFinished.class::isInstance)
        .map(Fact.SnapshotFinished.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static int parentPid() {
    return (int) ProcessHandle.current().parent().orElseThrow().pid();
  }

  private static Set<Integer> processes() throws IOException {
    try (Stream<Path> proc = Files.list(Path.of("/proc"))) {
      return proc.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .filter(ReadingIT::lives)
          .map(Integer::valueOf)
          .collect(Collectors.toSet());
    }
  }

  /// Not ended, and not a zombie.
  private static boolean lives(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
    } catch (IOException ended) {
      return false;
    }
  }

  @Test
  void readerMayAskForAnotherSnapshot() {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        CaptureRing ring = CaptureRing.open(capture.dir())) {
      new Recording().drain(ring);

      assertThat(ring.startSnapshot()).isTrue();

      Recording second = new Recording().drain(ring);
      assertThat(second.losses).isEmpty();
      assertThat(finished(second).tasks()).isGreaterThan(2);
    }
  }

  @Test
  void secondReaderIsRefusedByName() {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      try (CaptureRing first = CaptureRing.open(capture.dir())) {
        assertThat(first.meta().how()).isEqualTo("test");
        assertThatThrownBy(() -> CaptureRing.open(capture.dir()))
            .isInstanceOf(CaptureException.class)
            .hasMessageContaining("process " + ProcessHandle.current().pid());
      }
      CaptureRing.open(capture.dir()).close();
    }
  }

  @Test
  void whatWasNotReleasedComesAgainAndWhatWasDoesNot() {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      Recording first = new Recording();
      List<KernelEvent> unreleased;
      try (CaptureRing ring = CaptureRing.open(capture.dir())) {
        first.drain(ring);
        ring.release(ring.checkpoint());
        storm(3);
        int released = first.events.size();
        first.drain(ring);
        unreleased = List.copyOf(first.events.subList(released, first.events.size()));
      }
      try (CaptureRing ring = CaptureRing.open(capture.dir())) {
        Recording again = new Recording().drain(ring);
        assertThat(again.events.subList(0, unreleased.size())).isEqualTo(unreleased);
        assertThat(again.losses).isEmpty();
      }
    }
  }

  /// Read while it happens; prints what reading costs.
  @Test
  void stormIsReadWhole() throws IOException {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        CaptureRing ring = CaptureRing.open(capture.dir())) {
      Recording recording = new Recording().drain(ring);
      ring.release(ring.checkpoint());
      Process storm = new ProcessBuilder(NativeBuild.odd().toString(), "storm").start();
      while (storm.isAlive()) {
        recording.drain(ring);
        ring.release(ring.checkpoint());
        LockSupport.parkNanos(POLL_NANOS);
      }
      recording.drain(ring);

      Recording.Family family = recording.family(storm.pid());
      assertThat(storm.exitValue()).isZero();
      assertThat(family.forks()).hasSize(1 + STORM);
      assertThat(family.exits()).hasSize(1 + STORM);
      assertThat(nothings(family)).isEqualTo(STORM);
      assertThat(recording.losses).isEmpty();
    }
  }

  private static long nothings(Recording.Family family) {
    return family.execs().stream()
        .filter(exec -> exec.arguments().values().getLast().toString().equals("nothing"))
        .count();
  }

  @Test
  void fullRingLosesNothingSilently() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING);
        CaptureRing ring = CaptureRing.open(capture.dir())) {
      Recording recording = new Recording().drain(ring);
      ring.release(ring.checkpoint());
      storm(1500);
      recording.drain(ring);
      ring.release(ring.checkpoint());
      storm(10);
      recording.drain(ring);

      List<Counter> counters = ring.counters();
      recording.drain(ring);
      assertThat(recording.losses).isNotEmpty();
      for (Counter counter : counters) {
        long delivered =
            recording.events.stream()
                .filter(event -> event.cpu() == counter.cpu())
                .filter(event -> event.sequence() <= counter.sequence())
                .count();
        long lost =
            recording.losses.stream()
                .filter(loss -> loss.cpu() == counter.cpu())
                .filter(loss -> loss.last() <= counter.sequence())
                .mapToLong(Fact.EventsLost::count)
                .sum();
        assertThat(delivered + lost).as("cpu %d", counter.cpu()).isEqualTo(counter.sequence());
        assertThat(lost).as("cpu %d", counter.cpu()).isEqualTo(counter.lost().total());
      }
    }
  }

  /// The next agent knows the losses that the last one has settled.
  @Test
  void lossesAreDeclaredOnceAcrossAgents() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      storm(1500);
      Recording first = new Recording();
      try (CaptureRing ring = CaptureRing.open(capture.dir())) {
        first.drain(ring);
        ring.release(ring.checkpoint());
      }
      assertThat(first.losses).isNotEmpty();
      try (CaptureRing ring = CaptureRing.open(capture.dir())) {
        Recording second = new Recording().drain(ring);
        long declared =
            Stream.concat(first.losses.stream(), second.losses.stream())
                .mapToLong(Fact.EventsLost::count)
                .sum();
        long lost = ring.counters().stream().mapToLong(counter -> counter.lost().total()).sum();
        assertThat(declared).isEqualTo(lost);
      }
    }
  }

  @Test
  void groupIsEnoughToReadAndWithoutItTheWayInIsSaid() {
    assumeTrue(Shell.find("setpriv").isPresent(), "skipped: no setpriv (util-linux)");
    try (TestCapture capture = TestCapture.arm(TestCapture.RING, "--group", GROUP)) {
      Shell.Ended allowed = readAs("--reuid=65534", "--regid=" + GROUP, capture.dir());
      assumeTrue(
          !allowed.output().contains("ClassNotFound"), "skipped: others may not read the classes");
      Shell.Ended refused = readAs("--reuid=65533", "--regid=65533", capture.dir());

      assertThat(allowed.output())
          .contains("snapshot true", "first SnapshotStarted", "missed Optional.empty");
      assertThat(allowed.status()).isZero();
      assertThat(refused.output()).contains("permission denied").contains("--group");
      assertThat(refused.status()).isEqualTo(1);
    }
  }

  @Test
  void groupMayBeLetToSeeWhatWasMissed() {
    assumeTrue(Shell.find("setpriv").isPresent(), "skipped: no setpriv (util-linux)");
    try (TestCapture capture = TestCapture.arm(TestCapture.RING, "--group", GROUP, "--misses")) {
      Shell.Ended allowed = readAs("--reuid=65534", "--regid=" + GROUP, capture.dir());
      assumeTrue(
          !allowed.output().contains("ClassNotFound"), "skipped: others may not read the classes");

      assertThat(allowed.output()).contains("missed Optional[[]]");
    }
  }

  @Test
  void rootSeesThatNothingWasMissed() {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        CaptureRing ring = CaptureRing.open(capture.dir())) {
      storm(10);

      assertThat(ring.troubles().missed()).contains(List.of());
    }
  }

  private static Shell.Ended readAs(String user, String group, Path dir) {
    return Shell.run(
        "setpriv",
        user,
        group,
        "--clear-groups",
        "--inh-caps=-all",
        "--no-new-privs",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        UnprivilegedReader.class.getName(),
        dir.toString());
  }

  @Test
  void nothingArmedSaysHowToArm() {
    assertThatThrownBy(() -> CaptureRing.open(Path.of("/sys/fs/bpf/tasktrail-none")))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("tasktrail-arm --pin /sys/fs/bpf/tasktrail-none");
  }
}
