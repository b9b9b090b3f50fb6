package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Link;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Events without any sense: they contradict each other and themselves. The fold neither fails nor
/// grows beyond its bounds, and its histories stay well formed.
final class AbsurdEventsTest {

  private static final long[] NUMBERS = {
    Long.MIN_VALUE,
    -1,
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    20,
    1L << 31,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };

  private static final FoldLimits TIGHT =
      EventLines.parse(
              List.of(
                  "limits grace=0.000000005 ended_tasks=3 expiries=2 first_links=2 last_links=3",
                  "limits doubts=3 gaps=3 losses=3 captures=3 sources=4 ancestors=3 tasks=12",
                  "limits correction=0.000000005 correctable_events=3 boots=2 boot_silence=0",
                  "limits modules=2 lineages=5 command_line=4"))
          .limits();

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("tasktrail.seeds", 200));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingStopsTheFold(long seed) {
    Random random = new Random(seed);
    Fold fold = new Fold(TIGHT);
    InMemoryHostState host = new InMemoryHostState();
    for (int i = 0; i < 500; i++) {
      for (AuditEvent emitted : fold.apply(host, event(random))) {
        emitted.task().ifPresent(task -> assertWellFormed(task.history()));
      }
      for (Boots.Boot boot : host.boots().known()) {
        InMemoryBootState state = host.boot(boot.id());
        state.tasks().forEach(task -> assertWellFormed(task.history()));
        assertThat(state.size()).isLessThanOrEqualTo(12);
        assertThat(state.modules()).isLessThanOrEqualTo(2);
        assertThat(state.endedTasks().ends().size()).isLessThanOrEqualTo(4);
        assertThat(state.correctable().ends().size()).isLessThanOrEqualTo(4);
        assertBounded(state.ledger(), state);
      }
      assertThat(host.boots().known()).hasSizeLessThanOrEqualTo(2);
      assertThat(host.lineages()).isLessThanOrEqualTo(5);
    }
  }

  private static void assertWellFormed(History history) {
    assertThat(history.links().getFirst()).isEqualTo(Link.ROOT);
    assertThat(history.links().stream().map(Link::ordinal)).isSorted().doesNotHaveDuplicates();
    assertThat(history.image().ordinal()).isLessThanOrEqualTo(history.execCount());
    assertThat(history.links()).hasSizeLessThanOrEqualTo(5);
    assertThat(history.missingLinks()).isNotNegative();
    assertThat(history.doubts()).hasSizeLessThanOrEqualTo(3);
    long last = 0;
    for (Doubt doubt : history.doubts()) {
      assertThat(doubt.first()).isGreaterThan(last).isLessThanOrEqualTo(doubt.last());
      last = doubt.last();
    }
    assertThat(last).isLessThanOrEqualTo(history.execCount());
  }

  private static void assertBounded(Ledger ledger, BootState state) {
    assertThat(ledger.captures()).hasSizeLessThanOrEqualTo(3);
    assertThat(ledger.losses()).hasSizeLessThanOrEqualTo(3);
    for (Ledger.Capture capture : ledger.captures()) {
      assertThat(capture.cpus()).hasSizeLessThanOrEqualTo(4);
      for (int cpu : capture.cpus()) {
        assertThat(state.received(new Source(capture.id(), cpu)).orElseThrow().gaps())
            .hasSizeLessThanOrEqualTo(3);
      }
    }
  }

  private static TaskEvent event(Random random) {
    Header header =
        new Header(
            new HostId(new UUID(1, 1)),
            "absurd",
            new BootId(new UUID(2, random.nextInt(20) == 0 ? random.nextInt(4) : 2)),
            new CaptureId(new UUID(3, random.nextInt(5))),
            random.nextInt(8) - 3,
            random.nextBoolean() ? random.nextInt(40) : number(random),
            number(random),
            number(random));
    return new TaskEvent(header, fact(random));
  }

  private static Fact fact(Random random) {
    Actor actor =
        new Actor(
            task(random),
            number(random),
            ByteText.of("x"),
            new Credentials(-1, -1, -1, -1, -1, -1));
    return switch (random.nextInt(15)) {
      case 0, 1, 2 -> new Fact.Forked(actor, task(random), task(random), number(random), 1);
      case 3, 4, 5 ->
          new Fact.Executed(
              actor,
              task(random),
              random.nextInt(),
              new Image(ByteText.EMPTY, ByteText.EMPTY, ByteText.EMPTY, 1, 1, false, false),
              new Arguments(List.of(), -1, -1, false),
              new Place(ByteText.EMPTY, "", new Place.Namespaces(1, 2, 3, 4), 1));
      case 6 ->
          new Fact.Exited(
              actor,
              task(random),
              OptionalInt.empty(),
              OptionalInt.empty(),
              false,
              false,
              -1,
              -1,
              -1);
      case 7, 8 ->
          new Fact.TaskSeen(
              actor,
              task(random),
              ByteText.EMPTY,
              random.nextInt(4) == 0,
              random.nextInt(4) == 0,
              1);
      case 9 -> new Fact.ModuleUnloaded(actor, ByteText.EMPTY);
      case 10 ->
          new Fact.EventsLost(
              random.nextInt(8) - 3,
              random.nextInt(40),
              random.nextBoolean() ? random.nextInt(40) : number(random),
              List.of(),
              Fact.LossCause.UNKNOWN,
              number(random),
              number(random));
      case 11 ->
          new Fact.Signalled(
              actor, task(random), random.nextInt(70), random.nextInt(3) - 1, SignalOrigin.TASK);
      case 12 -> new Fact.ModuleLoaded(actor, ByteText.of("m" + random.nextInt(5)), number(random));
      case 13 -> new Fact.SnapshotFinished(random.nextInt(3));
      default ->
          random.nextBoolean()
              ? new Fact.SnapshotStarted()
              : new Fact.AgentStarted("", 0, number(random), "", 0);
    };
  }

  private static TaskKey task(Random random) {
    return new TaskKey(random.nextInt(4), NUMBERS[random.nextInt(4)]);
  }

  private static long number(Random random) {
    return NUMBERS[random.nextInt(NUMBERS.length)];
  }
}
