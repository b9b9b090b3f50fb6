package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Captures replaced while the kernel is busy, read one after the other; needs root and BPF.
class ReplacingIT {

  private static final int STORM = 5000;
  private static final long POLL_NANOS = 20_000_000;
  private static final int BATCH = 1000;

  /// How many captures the reader is behind the loader.
  private static final int BEHIND = 2;

  /// What the captures said, and which of them said it.
  private static final class Reader implements AutoCloseable {

    final Recording recording = new Recording();
    final List<Meta> captures = new ArrayList<>();
    final Map<Meta, List<KernelEvent>> said = new HashMap<>();
    private Capture capture;

    Reader(Path place) {
      begin(CaptureRing.open(place));
    }

    private void begin(Capture next) {
      capture = next;
      captures.add(next.meta());
    }

    /// Reads to the end of the newest capture.
    Reader drain() {
      while (capture.isOver() || capture.readPosition() < capture.producerPosition()) {
        poll();
      }
      return this;
    }

    void poll() {
      int before = recording.events.size();
      capture.poll(recording, BATCH);
      List<KernelEvent> events = recording.events;
      said.computeIfAbsent(capture.meta(), _ -> new ArrayList<>())
          .addAll(events.subList(before, events.size()));
      capture.release(capture.checkpoint());
      if (capture.isOver()) {
        Capture next = capture.next();
        capture.close();
        begin(next);
      }
    }

    /// Until it reads the last of so many captures, and that one to its end.
    Reader drainUntil(int generation) {
      while (captures.getLast().generation() < generation) {
        capture.recount();
        poll();
      }
      return drain();
    }

    @Override
    public void close() {
      capture.close();
    }
  }

  private static void replace(TestCapture capture) {
    Shell.Ended replaced = capture.loader(List.of("--replace", "--how", "again"));
    assertThat(replaced.status()).as(replaced.output()).isZero();
  }

  private static Process storm() throws IOException {
    return new ProcessBuilder(NativeBuild.odd().toString(), "storm").start();
  }

  private static void assertWhole(Reader reader, long stormPid) {
    Recording.Family family = reader.recording.family(stormPid);
    assertOnceEach(family.forks().stream().map(Fact.Forked::child).toList());
    assertOnceEach(family.exits().stream().map(exit -> exit.actor().task()).toList());
    assertThat(family.execs().stream().filter(ReplacingIT::isNothing)).hasSize(STORM);
    assertThat(reader.recording.losses).isEmpty();
    reader.said.values().forEach(ReplacingIT::assertNumbersHaveNoHole);
  }

  private static void assertOnceEach(List<TaskKey> tasks) {
    assertThat(tasks).hasSize(1 + STORM).doesNotHaveDuplicates();
  }

  private static boolean isNothing(Fact.Executed exec) {
    return exec.arguments().values().getLast().toString().equals("nothing");
  }

  /// A reader before may have had the first ones.
  private static void assertNumbersHaveNoHole(List<KernelEvent> events) {
    Map<Integer, Long> last = new HashMap<>();
    for (KernelEvent event : events) {
      Long before = last.put(event.cpu(), event.sequence());
      assertThat(event.sequence()).isEqualTo(before == null ? event.sequence() : before + 1);
    }
  }

  @Test
  void stormOverManyReplacementsIsReadOnceAndWhole() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        Reader reader = new Reader(capture.dir())) {
      Process storm = storm();
      int generation = 1;
      while (storm.isAlive() && generation < 20) {
        replace(capture);
        generation++;
        reader.drainUntil(generation - BEHIND);
      }
      while (storm.isAlive()) {
        reader.poll();
        LockSupport.parkNanos(POLL_NANOS);
      }
      reader.drainUntil(generation);

      assertThat(generation).isGreaterThan(1);
      assertThat(storm.exitValue()).isZero();
      assertThat(reader.captures).extracting(Meta::capture).doesNotHaveDuplicates();
      assertWhole(reader, storm.pid());
    }
  }

  /// From before it loads until after it is done: a replacement takes some 200 ms.
  @Test
  void loaderKilledAtAnyMomentLosesNothing() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING);
        Reader reader = new Reader(capture.dir())) {
      Process storm = storm();
      int kills = 0;
      for (; storm.isAlive(); kills++) {
        capture.replaceAndKill(Duration.ofMillis(10 + 17 * kills % 240));
        for (int poll = 0; poll < 10; poll++) {
          reader.poll();
        }
        if (kills % 3 == 2) {
          assertThat(capture.loader(List.of()).output()).startsWith("already armed");
        }
      }
      assertThat(capture.loader(List.of()).output()).startsWith("already armed");
      int newest = Generation.toReadFirst(capture.dir()).number();
      while (new Generation(capture.dir(), newest).next().isPresent()) {
        newest++;
      }
      reader.drainUntil(newest);

      assertWhole(reader, storm.pid());
    }
  }

  @Test
  void whoComesAfterReplacementsBeginsWithTheOldestRing() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.RING)) {
      try (Reader before = new Reader(capture.dir())) {
        before.drain();
      }
      Process storm = storm();
      replace(capture);
      replace(capture);
      assertThat(storm.waitFor()).isZero();

      try (Reader reader = new Reader(capture.dir())) {
        reader.drainUntil(3);

        assertThat(reader.captures).extracting(Meta::generation).containsExactly(1, 2, 3);
        assertWhole(reader, storm.pid());
      }
    }
  }

  @Test
  void whatIsReadToItsEndGoesAtTheNextRunOfTheLoader() throws Exception {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      replace(capture);
      assertThat(capture.loader(List.of("--status")).output())
          .contains("retired: " + capture.generation(1))
          .contains("not yet read to its end");
      try (Reader reader = new Reader(capture.dir())) {
        reader.drainUntil(2);
      }
      assertThat(capture.loader(List.of("--status")).output()).contains(", read to its end");

      assertThat(capture.loader(List.of()).output()).startsWith("already armed");

      assertThat(capture.generation(1)).doesNotExist();
      assertThat(capture.generation(2)).exists();
      assertThat(capture.dir()).isSymbolicLink();
      try (Reader reader = new Reader(capture.dir())) {
        assertThat(reader.captures).extracting(Meta::generation).containsExactly(2);
      }
    }
  }

  @Test
  void settingsAndGroupStayThoseOfTheReplaced() throws IOException {
    try (TestCapture capture =
        TestCapture.arm(TestCapture.SMALL_RING, "--argv", "99", "--group", "65534")) {
      replace(capture);

      try (Reader reader = new Reader(capture.dir())) {
        reader.drainUntil(2);
        Meta now = reader.captures.getLast();
        assertThat(now.ringBytes()).isEqualTo(TestCapture.SMALL_RING);
        assertThat(now.argvBound()).isEqualTo(99);
        assertThat(now.how()).isEqualTo("again");
        assertThat(now.armedNanos()).isGreaterThan(reader.captures.getFirst().armedNanos());
      }
      assertThat(Files.getAttribute(capture.generation(2).resolve("ring"), "unix:gid"))
          .isEqualTo(65534);
    }
  }

  @Test
  void secondReaderIsRefusedByNameWhicheverGenerationTheFirstReads() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      replace(capture);
      String name = "process " + ProcessHandle.current().pid() + " (java)";
      try (Reader first = new Reader(capture.dir())) {
        assertThatThrownBy(() -> CaptureRing.open(capture.dir())).hasMessageContaining(name);
        assertThat(capture.loader(List.of("--status")).output())
            .contains("read by pid " + ProcessHandle.current().pid() + " (java)");

        first.drainUntil(2);

        assertThatThrownBy(() -> CaptureRing.open(capture.dir()))
            .isInstanceOf(CaptureException.class)
            .hasMessageContaining(name)
            .hasMessageContaining(capture.generation(2).toString());
        assertThat(CaptureRing.readerOf(capture.dir())).hasValue(ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void retiredCaptureCostsNoTimeAnyMore() {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      replace(capture);

      assertThat(capture.generation(1).resolve("link_exec")).doesNotExist();
      assertThat(capture.generation(1).resolve("ring")).exists();
      assertThat(capture.generation(2).resolve("link_exec")).exists();
    }
  }

  /// Killed right after it told the old capture: the link still names the retired one.
  @Test
  void agentFindsItsWayByTheNumbersAlone() throws IOException {
    try (TestCapture capture = TestCapture.arm(TestCapture.SMALL_RING)) {
      replace(capture);
      Files.delete(capture.dir());
      Files.createSymbolicLink(capture.dir(), capture.generation(1).getFileName());

      try (Reader reader = new Reader(capture.dir())) {
        reader.drainUntil(2);
      }
      try (Reader reader = new Reader(capture.dir())) {
        assertThat(reader.captures).extracting(Meta::generation).containsExactly(2);
      }

      assertThat(capture.loader(List.of()).output()).startsWith("already armed");
      assertThat(Files.readSymbolicLink(capture.dir()))
          .isEqualTo(capture.generation(2).getFileName());
    }
  }

  @Test
  void unreadCapturesAreBounded() {
    try (TestCapture capture = TestCapture.arm(4096)) {
      for (int generation = 2; generation <= 8; generation++) {
        replace(capture);
      }

      Shell.Ended oneMore = capture.loader(List.of("--replace"));

      assertThat(oneMore.status()).isEqualTo(1);
      assertThat(oneMore.output()).contains("wait to be read").contains("--remove");
      assertThat(capture.generation(9)).doesNotExist();
      assertThat(capture.loader(List.of("--status")).status()).isZero();
      assertThat(capture.loader(List.of("--remove")).status()).isZero();
      assertThat(capture.generation(1)).doesNotExist();
      assertThat(capture.generation(8)).doesNotExist();
    }
  }
}
