package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasktrail.agent.ring.Recording.Family;
import io.tasktrail.event.Fact;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How processes die, told by the capture and by `wait4` and `/proc/PID/io`, and who sent the
/// signal; needs root, BPF and a C compiler. The ways stand in `src/test/c/deaths.c`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeathIT {

  private static final int SI_TKILL = -6;
  private static final int SI_TIMER = -2;
  private static final int SI_USER = 0;
  private static final int SEGV_MAPERR = 1;
  private static final int SI_KERNEL = 0x80;

  /// What `wait4` counts and what the scheduler does are some ticks apart.
  private static final long TICKS_NANOS = 25_000_000;

  private TestCapture capture;
  private CaptureRing ring;

  @BeforeAll
  void arm() {
    capture = TestCapture.arm(TestCapture.RING);
    ring = CaptureRing.open(capture.dir());
  }

  @AfterAll
  void disarm() {
    if (ring != null) {
      ring.close();
      capture.close();
    }
  }

  /// One death: what was captured of it, and of the signals that were sent to it; and what
  /// `/proc/PID/io` said right before.
  private record Death(
      Fact.Exited end, List<Fact.Signalled> sent, long procReadBytes, long procWriteBytes) {

    Fact.Signalled signal() {
      assertThat(sent).hasSize(1);
      return sent.getFirst();
    }

    TaskKey task() {
      return end.actor().task();
    }
  }

  /// All that one run brought about; the first fork is that of the program itself.
  private record Story(Family family, List<Death> deaths) {

    Death death() {
      return deaths.getFirst();
    }

    TaskKey program() {
      return family.forks().getFirst().child();
    }
  }

  private Story run(String way, Path... cgroup) {
    Shell.Ended ended =
        cgroup.length == 0
            ? Shell.run(NativeBuild.deaths().toString(), way)
            : Shell.run(NativeBuild.deaths().toString(), way, cgroup[0].toString());
    assertThat(ended.status()).as(ended.output()).isZero();
    Recording recording = new Recording().drain(ring);
    assertThat(recording.losses).isEmpty();
    Family family = recording.family(ended.pid());
    List<Death> deaths =
        ended.output().lines().map(line -> death(line, family, recording)).toList();
    return new Story(family, deaths);
  }

  /// Checks a death against what the kernel told the parent.
  private static Death death(String told, Family family, Recording recording) {
    String[] words = told.split(" ", -1);
    int pid = Integer.parseInt(words[0]);
    int status = Integer.parseInt(words[1]);
    Fact.Exited end =
        family.exits().stream()
            .filter(exit -> exit.actor().task().pid() == pid)
            .reduce((_, _) -> org.assertj.core.api.Assertions.fail("two ends of " + pid))
            .orElseThrow();
    int signal = status & 0x7f;
    assertThat(end.signal()).isEqualTo(signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal));
    assertThat(end.code())
        .isEqualTo(signal == 0 ? OptionalInt.of(status >> 8) : OptionalInt.empty());
    assertThat(end.coreDumped()).isEqualTo((status & 0x80) != 0);
    assertThat(end.cpuNanos()).isCloseTo(Long.parseLong(words[2]) * 1000, within(TICKS_NANOS));
    assertThat(end.readBytes()).isGreaterThanOrEqualTo(Long.parseLong(words[3]));
    assertThat(end.writeBytes()).isGreaterThanOrEqualTo(Long.parseLong(words[4]));
    return new Death(
        end,
        sentTo(end.actor().task(), recording),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]));
  }

  private static List<Fact.Signalled> sentTo(TaskKey target, Recording recording) {
    return recording.events.stream()
        .map(KernelEvent::fact)
        .filter(fact -> fact instanceof Fact.Signalled sent && sent.target().equals(target))
        .map(Fact.Signalled.class::cast)
        .toList();
  }

  private static void assertSent(
      Fact.Signalled sent, TaskKey by, int signal, int code, SignalOrigin origin) {
    assertThat(sent.actor().task()).isEqualTo(by);
    assertThat(sent.signal()).isEqualTo(signal);
    assertThat(sent.code()).isEqualTo(code);
    assertThat(sent.origin()).isEqualTo(origin);
  }

  @Test
  void parentKillsItsChild() {
    Story story = run("by-parent");

    assertSent(story.death().signal(), story.program(), 9, SI_USER, SignalOrigin.TASK);
    assertThat(story.death().end().oomKilled()).isFalse();
  }

  @Test
  void endOfAChildHasTheBytesOfProc() {
    Death death = run("with-term").death();
    Fact.Exited end = death.end();

    assertThat(end.readBytes()).isEqualTo(death.procReadBytes());
    assertThat(end.writeBytes()).isEqualTo(death.procWriteBytes());
    assertThat(end.writeBytes()).isGreaterThanOrEqualTo(1 << 20);
    assertThat(end.cpuNanos()).isGreaterThanOrEqualTo(60_000_000);
  }

  @Test
  void processKillsItself() {
    Death death = run("by-itself").death();

    assertSent(death.signal(), death.task(), 9, SI_USER, SignalOrigin.TASK);
  }

  @Test
  void faultIsTheKernelsBecauseOfTheTaskItself() {
    Death death = run("fault").death();

    assertSent(death.signal(), death.task(), 11, SEGV_MAPERR, SignalOrigin.FAULT);
  }

  @Test
  void faultOfAThreadIsThatOfItsProcess() {
    Death death = run("thread-fault").death();

    assertSent(death.signal(), death.task(), 11, SEGV_MAPERR, SignalOrigin.FAULT);
  }

  @Test
  void sameSignalSentByAnotherIsNoFault() {
    Story story = run("fault-sent");

    assertSent(story.death().signal(), story.program(), 11, SI_USER, SignalOrigin.TASK);
  }

  @Test
  void abortIsSentByItself() {
    Death death = run("core").death();

    assertSent(death.signal(), death.task(), 6, SI_TKILL, SignalOrigin.TASK);
  }

  @Test
  void everyMemberOfAGroupIsKilledByTheOneWhoKillsTheGroup() {
    Story story = run("group");

    assertThat(story.deaths()).hasSize(3);
    story
        .deaths()
        .forEach(
            death -> assertSent(death.signal(), story.program(), 9, SI_USER, SignalOrigin.TASK));
  }

  @Test
  void exitByAThreadIsNoSignal() {
    Death death = run("group-exit").death();

    assertThat(death.end().code()).isEqualTo(OptionalInt.of(7));
    assertThat(death.sent()).isEmpty();
  }

  @Test
  void endOfAPidNamespaceIsBroughtAboutByItsInit() {
    Story story = run("namespace");

    Death init = story.death();
    assertSent(init.signal(), story.program(), 9, SI_USER, SignalOrigin.TASK);
    Fact.Signalled inside = lastSentBy(story, init.task());
    assertSent(inside, init.task(), 9, SI_KERNEL, SignalOrigin.KERNEL);
    assertThat(inside.target()).isEqualTo(story.family().forks().getLast().child());
  }

  private static Fact.Signalled lastSentBy(Story story, TaskKey sender) {
    return story.family().all(Fact.Signalled.class).stream()
        .filter(sent -> sent.actor().task().equals(sender))
        .toList()
        .getLast();
  }

  @Test
  void alarmIsTheTargetsOwn() {
    Death death = run("alarm").death();

    assertSent(death.signal(), death.task(), 14, SI_KERNEL, SignalOrigin.TIMER);
  }

  @Test
  void timerIsTheTargetsOwn() {
    Death death = run("timer").death();

    assertSent(death.signal(), death.task(), 10, SI_TIMER, SignalOrigin.TIMER);
  }

  @Test
  void whoSaysThatATimerDidItIsNotBelieved() {
    Story story = run("forged");

    assertSent(story.death().signal(), story.program(), 10, SI_TIMER, SignalOrigin.TASK);
  }

  @Test
  void brokenPipeIsTheKernels() {
    Death death = run("broken-pipe").death();

    assertSent(death.signal(), death.task(), 13, SI_USER, SignalOrigin.KERNEL);
  }

  @Test
  void keyOfATerminalIsTheTerminals() {
    Fact.Signalled sent = run("ctrl-c").death().signal();

    assertThat(sent.signal()).isEqualTo(2);
    assertThat(sent.origin()).isEqualTo(SignalOrigin.TERMINAL);
  }

  @Test
  void signalThatHadToWaitIsNotTold() {
    Death killed = run("blocked").death();
    Death exited = run("too-late").death();

    assertThat(killed.end().signal()).isEqualTo(OptionalInt.of(15));
    assertThat(killed.sent()).isEmpty();
    assertThat(exited.end().code()).isEqualTo(OptionalInt.of(3));
    assertThat(exited.sent()).isEmpty();
  }

  @Test
  void signalThatAnotherThreadTakesIsTold() {
    Story story = run("taken-by-a-thread");

    assertSent(story.death().signal(), story.program(), 3, SI_USER, SignalOrigin.TASK);
  }

  @Test
  void signalsThatAreAwaitedLeaveNothing() {
    Death death = run("awaited").death();

    assertThat(death.end().code()).isEqualTo(OptionalInt.of(3));
    assertThat(death.sent()).isEmpty();
  }

  @Test
  void endOfAParentCanKillItsChild() {
    Story story = run("parent-gone");

    Fact.Signalled sent = story.family().all(Fact.Signalled.class).getLast();
    assertSent(sent, story.death().task(), 9, SI_USER, SignalOrigin.KERNEL);
    assertThat(story.family().exits())
        .filteredOn(end -> end.actor().task().equals(sent.target()))
        .extracting(Fact.Exited::signal)
        .containsExactly(OptionalInt.of(9));
  }

  @Test
  void stormOfHarmlessSignalsLeavesNothing() {
    assertThat(run("harmless").death().sent()).isEmpty();
  }

  @Test
  void whatIsDeadIsKilledOnce() {
    Story story = run("dead");

    assertThat(story.death().sent()).hasSize(1);
    assertThat(story.family().all(Fact.Signalled.class)).hasSize(1);
  }

  @Test
  void memoryThatRunsOutIsToldFromAKill() {
    try (TestCgroup small = TestCgroup.ofMemory(16 << 20)) {
      Death death = run("out-of-memory", small.path()).death();

      assertThat(death.end().signal()).isEqualTo(OptionalInt.of(9));
      assertThat(death.end().oomKilled()).isTrue();
      assertSent(death.signal(), death.task(), 9, SI_KERNEL, SignalOrigin.KERNEL);
    }
  }

  @Test
  void killOfACgroupIsToldWithTheOneWhoWroteIt() {
    try (TestCgroup any = TestCgroup.unified()) {
      assumeTrue(
          Files.exists(any.path().resolve("cgroup.kill")), "skipped: no cgroup.kill before 5.14");
      Story story = run("cgroup-kill", any.path());

      assertSent(story.death().signal(), story.program(), 9, SI_USER, SignalOrigin.KERNEL);
    }
  }
}
