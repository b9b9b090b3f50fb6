package io.tasktrail.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.follow.Diary;
import io.tasktrail.agent.follow.StateFolder;
import io.tasktrail.agent.health.Sighting;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Origin;
import io.tasktrail.event.BootId;
import io.tasktrail.event.EventId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents that follow a log, one after the other; each may be killed at any moment. Clocks are
/// stepped.
final class FollowedAuditTest {

  private static final long BEGAN_MILLIS = 1_700_000_000_000L;
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int WINDOW = 64;

  @TempDir private Path folder;
  private Path log;
  private Path state;
  private final List<TaskEvent> published = new ArrayList<>();
  private long nanos = 1;
  private int serial;
  private int rotated;

  /// One agent at work.
  private final class Running {

    final AckWindow window = new AckWindow(WINDOW);
    final FakePublisher publisher = new FakePublisher(window);
    final OwnNumbers numbers;
    final RecordNumbering numbering;
    final RecordOutbox outbox;
    final StateFolder states;
    final AuditSource source;
    final FollowedInput input;
    final RecordAgent agent;
    private int acknowledged;

    Running() throws IOException {
      Identity here = new Identity(new HostId(new UUID(1, 2)), "here", new BootId(new UUID(3, 4)));
      states = StateFolder.open(state, "audit.state");
      Diary diary = new Diary(states);
      numbers = new OwnNumbers(given -> diary.numbers(given.setAside()));
      numbering = new RecordNumbering(here, BEGAN_MILLIS, numbers);
      outbox = new RecordOutbox(publisher, window, numbering);
      source =
          new AuditSource(
              _ -> new Origin(here.host(), here.hostName(), Optional.of(numbering.running())),
              outbox::add);
      input =
          new FollowedInput(log, states, diary, numbers, numbering, source, outbox, () -> nanos);
      agent =
          new RecordAgent(
              log.toString(),
              input,
              new AuditRecords(source, numbering),
              outbox,
              numbering,
              numbers,
              Introduction.ofRecords("audit", List.of()),
              BEAT,
              new RecordAgent.Clocks(() -> nanos, () -> BEGAN_MILLIS + nanos / 1_000_000));
    }

    void turn() {
      boolean _ = agent.doWork();
    }

    void acknowledge(int most) {
      int until = Math.min(publisher.published.size(), acknowledged + most);
      while (acknowledged < until) {
        publisher.acknowledge(acknowledged++);
      }
    }

    /// Everything that is there, told and safe.
    void catchUp() {
      for (int i = 0; i < 20; i++) {
        pass(Duration.ofSeconds(1));
        turn();
        acknowledge(WINDOW);
      }
    }

    void kill() throws IOException {
      published.addAll(publisher.published);
      input.close();
    }

    void end() throws IOException {
      agent.stop("stopped");
      boolean settled = false;
      for (int i = 0; i < 20 && !settled; i++) {
        settled = agent.settled();
        acknowledge(WINDOW);
      }
      assertThat(agent.settled()).isTrue();
      kill();
    }

    Sighting sighting() {
      return new RecordSighting(
              input, new AuditRecords(source, numbering), outbox, numbers, publisher, window)
          .now(Map.of(), Filter.Tally.NONE);
    }
  }

  private void begin(String name) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    log = own.resolve("audit.log");
    state = own.resolve("state");
    published.clear();
    serial = 0;
    rotated = 0;
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void exec() throws IOException {
    serial++;
    int pid = 50 + serial % 7;
    String stamp = "msg=audit(%d.100:%d):".formatted(BEGAN_MILLIS / 1000 + serial, serial);
    append(
        "type=SYSCALL %s arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=%d uid=0 ses=1 comm=\"a\" exe=\"/a\"%n"
                .formatted(stamp, pid)
            + "type=EXECVE %s argc=2 a0=\"a\" a1=\"%d\"%n".formatted(stamp, serial));
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    if (Files.exists(log)) {
      for (int index = rotated; index > 0; index--) {
        Files.move(
            log.resolveSibling("audit.log." + index),
            log.resolveSibling("audit.log." + (index + 1)));
      }
      Files.move(log, log.resolveSibling("audit.log.1"));
      rotated++;
    }
  }

  /// What was published, each event once, as its readers see it.
  private List<TaskEvent> toReaders(int cpu) {
    Map<EventId, TaskEvent> seen = new HashMap<>();
    List<TaskEvent> events = new ArrayList<>();
    for (TaskEvent event : published) {
      TaskEvent before = seen.putIfAbsent(event.header().eventId(), event);
      if (before != null) {
        assertThat(event).as("two events of one number").isEqualTo(before);
      } else if (event.header().cpu() == cpu) {
        events.add(event);
      }
    }
    return events;
  }

  private List<String> execs() {
    return toReaders(Header.AUDIT_CPU).stream()
        .map(TaskEvent::fact)
        .filter(Fact.Executed.class::isInstance)
        .map(fact -> ((Fact.Executed) fact).arguments().values().getLast().toString())
        .toList();
  }

  private List<String> allSerials() {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= serial; i++) {
      all.add(Integer.toString(i));
    }
    return all;
  }

  @Test
  void killedAtAnyMomentEachExecArrivesOnce() throws IOException {
    for (int seed = 0; seed < 10; seed++) {
      begin("seed" + seed);
      Random random = new Random(seed);
      exec();
      Running running = new Running();
      running.catchUp();
      for (int i = 0; i < 200; i++) {
        switch (random.nextInt(14)) {
          case 0 -> rotate();
          case 1 -> {
            running.kill();
            running = new Running();
          }
          case 2 -> {
            running.end();
            running = new Running();
          }
          case 3, 4 -> running.acknowledge(random.nextInt(WINDOW));
          case 5, 6 -> pass(Duration.ofMillis(random.nextInt(4000)));
          case 7, 8, 9 -> exec();
          default -> running.turn();
        }
      }
      exec();
      running.catchUp();
      running.end();
      assertThat(execs()).as("seed %d", seed).isEqualTo(allSerials());
      assertThat(toReaders(Header.AUDIT_CPU))
          .as("one capture, without a hole")
          .extracting(event -> event.header().sequence())
          .containsExactlyElementsOf(numbersTo(toReaders(Header.AUDIT_CPU).size()));
    }
  }

  private static List<Long> numbersTo(int last) {
    List<Long> numbers = new ArrayList<>();
    for (long number = 1; number <= last; number++) {
      numbers.add(number);
    }
    return numbers;
  }

  @Test
  void whatWasRotatedAwayAndDeletedIsToldAsLost() throws IOException {
    begin("deleted");
    exec();
    Running first = new Running();
    first.catchUp();
    first.end();
    exec();
    exec();
    rotate();
    Files.delete(log.resolveSibling("audit.log.1"));
    exec();
    Running second = new Running();
    second.catchUp();

    assertThat(second.publisher.facts())
        .filteredOn(Fact.EventsLost.class::isInstance)
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(((Fact.EventsLost) loss).cause()).isEqualTo(Fact.LossCause.AUDIT_SERIALS);
              assertThat(((Fact.EventsLost) loss).count()).isEqualTo(2);
            });
    assertThat(second.sighting().audit().orElseThrow().log().gaps()).isEqualTo(1);
    second.end();
  }

  @Test
  void everyEventIsInTheBalanceAndEveryLineCounted() throws IOException {
    begin("balance");
    exec();
    append("no record at all\n");
    exec();
    Running running = new Running();
    running.turn();
    assertThat(running.sighting().balance().missing()).isZero();
    running.catchUp();
    running.publisher.facts();

    Sighting sighting = running.sighting();

    assertThat(sighting.balance().missing()).isZero();
    assertThat(sighting.balance().inFlight()).isZero();
    assertThat(sighting.audit().orElseThrow().records()).isEqualTo(4);
    assertThat(sighting.audit().orElseThrow().corrupt()).isEqualTo(Map.of("no type=", 1L));
    assertThat(running.publisher.facts())
        .filteredOn(Fact.Heartbeat.class::isInstance)
        .isNotEmpty()
        .last()
        .satisfies(
            beat ->
                assertThat(((Fact.Heartbeat) beat).watermarks())
                    .contains(new Fact.Watermark(Header.AUDIT_CPU, 2)));
    running.end();
  }

  @Test
  void anEventThatCanNotBePublishedIsALossOfItsOwnCapture() throws IOException {
    begin("refused");
    exec();
    Running running = new Running();
    running.turn();
    pass(RecordAgent.SILENCE);
    running.turn();
    running.publisher.refuse(0);
    running.turn();
    running.acknowledge(WINDOW);

    assertThat(running.publisher.published)
        .filteredOn(event -> event.fact() instanceof Fact.EventsLost)
        .extracting(event -> event.header().capture())
        .containsExactly(running.publisher.published.getFirst().header().capture());
    running.kill();
  }

  @Test
  void aKilledAgentsOwnNumbersAreNeverGivenAgain() throws IOException {
    begin("own");
    exec();
    Running first = new Running();
    first.catchUp();
    pass(BEAT);
    first.turn();
    first.kill();
    Running second = new Running();
    pass(BEAT);
    second.turn();
    second.turn();
    second.kill();

    List<Long> own = toReaders(Header.AGENT_CPU).stream().map(e -> e.header().sequence()).toList();
    assertThat(own).doesNotHaveDuplicates();
    assertThat(second.publisher.facts())
        .filteredOn(Fact.EventsLost.class::isInstance)
        .extracting(loss -> ((Fact.EventsLost) loss).cause())
        .containsExactly(Fact.LossCause.AGENT_KILLED);
  }

  @Test
  void nothingButGarbageIsRefused() throws IOException {
    begin("garbage");
    append("garbage\n".repeat(AuditRecords.CORRUPT_ONLY_MAX));
    Running running = new Running();

    assertThatThrownBy(running::turn)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("none of 1000 lines is a record of audit (line 1: no type=)");
    running.kill();
  }

  @Test
  void aFolderIsOfOneAgent() throws IOException {
    begin("taken");
    Running running = new Running();

    assertThatThrownBy(Running::new).hasMessageContaining("another agent");
    running.kill();
  }

  @Test
  void aDamagedStateIsPutAside() throws IOException {
    begin("damaged");
    exec();
    Running first = new Running();
    first.catchUp();
    first.end();
    byte[] damaged = Files.readAllBytes(state.resolve("state"));
    damaged[damaged.length / 2]++;
    Files.write(state.resolve("state"), damaged);

    Running second = new Running();
    second.catchUp();
    second.end();

    assertThat(state.resolve("state.damaged")).exists();
    assertThat(execs()).contains("1");
  }
}
