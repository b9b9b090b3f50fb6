package io.tasktrail.agent.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.connector.ListenRecord.Kind;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Link;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.history.InMemoryHostState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What is told of tasks, and what the fold makes of it.
class ConnectorSourceTest {

  private static final long SECOND = 1_000_000_000;
  private static final long TICK = 10_000_000;
  private static final int CLONE_THREAD_ID = 901;

  private final List<TaskEvent> events = new ArrayList<>();
  private final List<AuditEvent> told = new ArrayList<>();
  private final Fold fold = new Fold(FoldLimits.DEFAULT);
  private final InMemoryHostState host = new InMemoryHostState();
  private Agent agent = new Agent(1);

  /// One agent, whose capture begins and ends with it.
  private final class Agent implements ConnectorSource.Listener {

    private final CaptureId capture;
    private final ConnectorSource source = new ConnectorSource(0, this);
    private long own;

    Agent(long id) {
      capture = new CaptureId(new UUID(9, id));
    }

    @Override
    public void listening(ConnectorSource.Listening by, long wallOffsetNanos) {}

    @Override
    public void event(ConnectorSource.Stamp stamp, Fact fact) {
      add(stamp.cpu(), stamp.sequence(), stamp.bootNanos(), fact);
    }

    @Override
    public void lost(ConnectorSource.Stamp stamp, Fact.EventsLost loss) {
      add(Header.AGENT_CPU, ++own, stamp.bootNanos(), loss);
    }

    private void add(int cpu, long sequence, long nanos, Fact fact) {
      TaskEvent event =
          new TaskEvent(
              new Header(
                  new HostId(new UUID(1, 1)),
                  "here",
                  new BootId(new UUID(2, 2)),
                  capture,
                  cpu,
                  sequence,
                  nanos,
                  0),
              fact);
      events.add(event);
      told.addAll(fold.apply(host, event));
    }

    void hears(Said... records) {
      for (Said record : records) {
        byte[] bytes = record.bytes();
        source.take(bytes, bytes.length);
      }
    }
  }

  /// init and a shell are alive.
  private void begin() {
    agent.hears(
        Said.hello(),
        Said.of(Kind.COMM, 0, 10, 1 * SECOND, 900),
        Said.of(Kind.COMM, 1, 20, 1 * SECOND, 900),
        Said.of(Kind.SEEING, 2 * SECOND, 0),
        seen(50, "bash", 1, 50).executable("/bin/bash"),
        seen(1, "init", 0, 0).executable("/sbin/init"),
        Said.of(Kind.SEEING_ENDS, 3 * SECOND, 0));
  }

  private static Said seen(int pid, String comm, int parent, long ticks) {
    return Said.of(Kind.SEEN, 2 * SECOND + 1, pid).stat(comm, parent, ticks);
  }

  private static Said fork(int number, long nanos, int parent, int child) {
    return Said.of(Kind.FORK, 0, number, nanos, child).with(parent, parent, 0);
  }

  private List<Fact> facts() {
    return events.stream().map(TaskEvent::fact).toList();
  }

  private <T extends Fact> List<T> facts(Class<T> kind) {
    return facts().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<String> lastChain() {
    return told.getLast().task().orElseThrow().history().links().stream()
        .map(Link::comm)
        .map(ByteText::toString)
        .toList();
  }

  private Completeness lastCompleteness() {
    return told.getLast().task().orElseThrow().history().completeness();
  }

  @Test
  void aProgramHasTheHistoryOfWhoStartedItAndIsNeverWhole() {
    begin();
    agent.hears(
        fork(11, 4 * SECOND, 50, 60).stat("bash", 50, 400),
        Said.of(Kind.EXEC, 0, 12, 5 * SECOND, 60)
            .arguments("mysql", "-pX")
            .executable("/bin/mysql")
            .stat("mysql", 50, 400)
            .piece(2, "Uid:\t1000\t0\t0\t0\nGid:\t5\t6\t6\t6\nNSpid:\t60\t7\n")
            .piece(7, "1000")
            .piece(8, "3")
            .piece(9, "1:cpu:/\n0::/system.slice/a.service\n"));

    assertThat(lastChain()).endsWith("bash", "mysql").doesNotHaveDuplicates();
    assertThat(lastCompleteness()).isNotEqualTo(Completeness.WHOLE);
    Fact.Executed exec = facts(Fact.Executed.class).getFirst();
    assertThat(exec.actor().task()).isEqualTo(new TaskKey(60, 4 * SECOND));
    assertThat(exec.arguments().values()).containsExactly(ByteText.of("mysql"), ByteText.of("-pX"));
    assertThat(exec.arguments().bestEffort()).isTrue();
    assertThat(exec.arguments().truncated()).isFalse();
    assertThat(exec.actor().credentials().uid()).isEqualTo(1000);
    assertThat(exec.actor().credentials().euid()).isZero();
    assertThat(exec.actor().credentials().auid()).isEqualTo(1000);
    assertThat(exec.actor().credentials().session()).isEqualTo(3);
    assertThat(exec.place().cgroup().path()).isEqualTo(ByteText.of("/system.slice/a.service"));
    assertThat(exec.place().ownPid()).isEqualTo(7);
    assertThat(exec.place().tty()).isEqualTo("pts1");
  }

  @Test
  void whatWasGoneBeforeItWasReadIsToldWithoutWhatIsNotKnown() {
    begin();
    agent.hears(
        fork(11, 4 * SECOND + 1, 50, 60),
        Said.of(Kind.EXEC, 0, 12, 5 * SECOND, 60),
        Said.of(Kind.EXIT, 0, 13, 6 * SECOND, 60).with(3 << 8, 17, 50));

    Fact.Executed exec = facts(Fact.Executed.class).getFirst();
    assertThat(exec.image().executable()).isEqualTo(ByteText.EMPTY);
    assertThat(exec.arguments().values()).isEmpty();
    assertThat(exec.arguments().truncated()).isTrue();
    Fact.Exited exit = facts(Fact.Exited.class).getFirst();
    assertThat(exit.code()).isEqualTo(OptionalInt.of(3));
    assertThat(exit.actor().task()).isEqualTo(exec.actor().task());
    assertThat(exec.actor().task()).isEqualTo(new TaskKey(60, 4 * SECOND));
    assertThat(agent.source.tally().withoutArguments()).isEqualTo(1);
  }

  @Test
  void whatWasReadOfALaterTaskOfThatPidIsNotTakenForIts() {
    begin();
    agent.hears(
        fork(11, 4 * SECOND, 50, 60).stat("bash", 50, 400),
        Said.of(Kind.EXEC, 0, 12, 5 * SECOND, 60)
            .executable("/bin/later")
            .arguments("later")
            .stat("later", 1, 501));

    assertThat(facts(Fact.Executed.class).getFirst().image().executable())
        .isEqualTo(ByteText.EMPTY);
    assertThat(facts(Fact.Executed.class).getFirst().actor().comm()).isEqualTo(ByteText.EMPTY);
  }

  @Test
  void threadsAreNoTasksAndAProcessEndsWithItsLast() {
    begin();
    agent.hears(
        Said.of(Kind.FORK, 0, 11, 4 * SECOND, 50).of(50, CLONE_THREAD_ID).with(50, 50, 0),
        Said.of(Kind.EXIT, 0, 12, 5 * SECOND, 50).stat("bash", 'Z', 1, 0, 2, 50),
        Said.of(Kind.EXIT, 1, 21, 6 * SECOND, 50).of(50, CLONE_THREAD_ID).with(9, 17, 1));

    assertThat(facts(Fact.Forked.class)).isEmpty();
    assertThat(facts(Fact.Exited.class)).hasSize(1);
    assertThat(facts(Fact.Exited.class).getFirst().signal()).isEqualTo(OptionalInt.of(9));
    assertThat(agent.source.tally().threads()).isEqualTo(2);
  }

  @Test
  void anExecByAThreadIsItsProcesssAndTheFirstThreadsEndIsNotTheEnd() {
    begin();
    agent.hears(
        Said.of(Kind.FORK, 0, 11, 4 * SECOND, 50).of(50, CLONE_THREAD_ID).with(50, 50, 0),
        Said.of(Kind.EXIT, 0, 12, 5 * SECOND, 50).stat("bash", 'R', 1, 0, 1, 50),
        Said.of(Kind.EXEC, 0, 13, 5 * SECOND + 1, 50).executable("/bin/b").stat("b", 1, 50),
        Said.of(Kind.EXIT, 0, 14, 6 * SECOND, 50).stat("b", 'Z', 1, 0, 1, 50));

    assertThat(facts(Fact.Exited.class)).hasSize(1);
    assertThat(facts(Fact.Exited.class).getFirst().cpuNanos()).isEqualTo(7 * TICK);
    assertThat(lastChain()).endsWith("bash", "b");
  }

  @Test
  void missingNumbersAreALossOfThatCpuAndASnapshotTellsWhoLives() {
    begin();
    agent.hears(
        fork(11, 4 * SECOND, 50, 60).stat("bash", 50, 400),
        Said.of(Kind.OTHER, 0, 15, 5 * SECOND, 0),
        Said.of(Kind.SEEING, 6 * SECOND, 0),
        seen(1, "init", 0, 0).at(6 * SECOND).executable("/sbin/init"),
        seen(70, "new", 50, 450).at(6 * SECOND).executable("/bin/new"),
        seen(50, "bash", 1, 50).at(6 * SECOND).executable("/bin/bash"),
        Said.of(Kind.SEEING_ENDS, 7 * SECOND, 0),
        fork(16, 8 * SECOND, 70, 80));

    Fact.EventsLost loss = facts(Fact.EventsLost.class).getFirst();
    assertThat(loss.cpu()).isZero();
    assertThat(loss.first()).isEqualTo(2);
    assertThat(loss.last()).isEqualTo(4);
    assertThat(loss.cause()).isEqualTo(Fact.LossCause.SOCKET_FULL);
    assertThat(events.getLast().header().sequence()).isEqualTo(5);
    assertThat(told.stream().flatMap(event -> event.notice().stream()).map(Notice::kind))
        .containsExactly(Notice.Kind.TASK_VANISHED);
    assertThat(lastChain()).endsWith("new");
    assertThat(lastCompleteness()).isNotEqualTo(Completeness.WHOLE);
  }

  @Test
  void numbersRollOver() {
    agent.hears(
        Said.hello(),
        Said.of(Kind.OTHER, 0, -1, 1, 0),
        Said.of(Kind.OTHER, 0, 0, 2, 0),
        Said.of(Kind.OTHER, 0, 2, 3, 0));

    assertThat(facts(Fact.EventsLost.class)).hasSize(1);
    assertThat(facts(Fact.EventsLost.class).getFirst().count()).isEqualTo(1);
  }

  @Test
  void whatASnapshotSawAlreadyIsNotToldAgain() {
    begin();
    int before = events.size();
    agent.hears(Said.of(Kind.EXEC, 0, 11, SECOND, 50).executable("/bin/bash").stat("bash", 1, 50));

    assertThat(events).hasSize(before);
    assertThat(agent.source.tally().inSnapshots()).isEqualTo(1);
  }

  @Test
  void aNewAgentGoesOnWithTheHistoriesOfThoseThatItFindsAlive() throws IOException {
    begin();
    agent.hears(
        Said.of(Kind.EXEC, 0, 11, 4 * SECOND, 50).executable("/bin/sh").stat("sh", 1, 50),
        Said.of(Kind.EXEC, 0, 12, 5 * SECOND, 50).executable("/bin/ash").stat("ash", 1, 50));
    restart();
    agent.hears(
        Said.hello(),
        Said.of(Kind.SEEING, 7 * SECOND, 0),
        seen(50, "ash", 1, 50).at(7 * SECOND).executable("/bin/ash"),
        seen(1, "init", 0, 0).at(7 * SECOND).executable("/sbin/init"),
        Said.of(Kind.SEEING_ENDS, 8 * SECOND, 0),
        Said.of(Kind.EXEC, 0, 90, 9 * SECOND, 50).executable("/bin/zsh").stat("zsh", 1, 50));

    assertThat(lastChain()).endsWith("bash", "sh", "ash", "zsh");
  }

  @Test
  void whoeverTheLastAgentDidNotGetToKeepIsAnotherTask() throws IOException {
    begin();
    restart();
    agent.hears(
        Said.hello(),
        Said.of(Kind.SEEING, 7 * SECOND, 0),
        seen(60, "late", 1, 650).at(7 * SECOND).executable("/bin/late"),
        Said.of(Kind.SEEING_ENDS, 8 * SECOND, 0));

    assertThat(facts(Fact.TaskSeen.class).getLast().actor().task())
        .isEqualTo(new TaskKey(60, 650 * TICK + 1));
  }

  private void restart() throws IOException {
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    agent.source.save(new DataOutputStream(state));
    agent = new Agent(2);
    agent.source.restore(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
  }

  @Test
  void everyMessageIsAccountedFor() {
    begin();
    agent.hears(
        fork(11, 4 * SECOND, 50, 60),
        Said.of(Kind.UID, 0, 12, 5 * SECOND, 60).with(7, 8, 0),
        Said.of(Kind.GID, 0, 13, 5 * SECOND, 60).with(5, 6, 0),
        Said.of(Kind.COMM, 0, 14, 5 * SECOND, 60).piece(12, "renamed"),
        Said.of(Kind.EXIT, 0, 15, 6 * SECOND, 60).with(0x80 | 11, 17, 50));

    Tally tally = agent.source.tally();
    assertThat(tally.numbers())
        .isEqualTo(tally.threads() + tally.inSnapshots() + tally.others() + tally.events());
    Fact.Exited exit = facts(Fact.Exited.class).getFirst();
    assertThat(exit.coreDumped()).isTrue();
    assertThat(exit.actor().comm()).isEqualTo(ByteText.of("renamed"));
    assertThat(exit.actor().credentials().uid()).isEqualTo(7);
    assertThat(exit.actor().credentials().euid()).isEqualTo(8);
    assertThat(exit.actor().credentials().egid()).isEqualTo(6);
  }
}
