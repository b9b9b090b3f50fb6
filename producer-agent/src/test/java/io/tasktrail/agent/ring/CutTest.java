package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.ring.Cut.Happening;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Of a record of [Records] the time is 1000 times its number.
class CutTest {

  private static final int DISCARDED = 1 << 30;
  private static final long NEVER = Long.MAX_VALUE;

  private final FakeRing next = new FakeRing(8192);

  private Cut cut(long nanos, long untilNanos) {
    RingCursor cursor = new RingCursor(next.memory(), 0);
    return Cut.at(nanos, cursor, next.position(), untilNanos);
  }

  private static KernelEvent event(byte[] record) {
    return RecordParser.parse(record, record.length);
  }

  @Test
  void whatHappenedAtThatMomentOrLaterIsBehind() {
    Cut cut = cut(3000, NEVER);

    assertThat(cut.isBehind(event(Records.fork(0, 2)))).isFalse();
    assertThat(cut.isBehind(event(Records.fork(0, 3)))).isTrue();
    assertThat(cut.isBehind(event(Records.fork(0, 4)))).isTrue();
  }

  @Test
  void whatIsTheFirstOfItsCpuInTheNextCaptureIsBehind() {
    next.write(Records.fork(1, 1)).write(Records.exit(0, 1, 7));
    Cut cut = cut(900_000, NEVER);

    assertThat(cut.isBehind(event(Records.exit(0, 50, 7)))).isTrue();
    assertThat(cut.isBehind(event(Records.exit(1, 50, 7)))).as("another cpu").isFalse();
    assertThat(cut.isBehind(event(Records.fork(0, 50)))).as("another kind").isFalse();
  }

  @Test
  void onlyTheFirstOfACpuMayBeOfThatMoment() {
    next.write(Records.fork(0, 1)).write(Records.exit(0, 2, 7));

    assertThat(cut(900_000, NEVER).firsts()).containsOnlyKeys(0);
    assertThat(cut(900_000, NEVER).isBehind(event(Records.exit(0, 50, 7)))).isFalse();
  }

  @Test
  void firstThatComesLateIsNotOfThatMoment() {
    next.write(Records.fork(0, 5)).write(Records.fork(1, 1)).write(Records.fork(0, 1));

    assertThat(cut(500, 5000).firsts()).isEmpty();
  }

  @Test
  void whatTheNextRingCannotSayIsPassedOver() {
    next.write(new byte[20]).write(Records.fork(0, 1), DISCARDED).write(Records.fork(1, 1));

    assertThat(cut(500, NEVER).firsts()).containsOnlyKeys(1);
  }

  @Test
  void snapshotsAreNoEventsOfACpu() {
    next.write(Records.snapshot(RecordKind.SNAPSHOT_STARTED, 1, 0));

    assertThat(cut(500, NEVER)).isEqualTo(new Cut(500, Map.of()));
    assertThat(Happening.of(event(Records.seen(1, 2, 3)).fact())).isEmpty();
  }

  @Test
  void eventsOfOneTaskAreToldApart() {
    assertThat(
            Happening.of(event(Records.module(RecordKind.MODULE_LOAD)).fact())
                .equals(Happening.of(event(Records.module(RecordKind.MODULE_FREE)).fact())))
        .isFalse();
    assertThat(Happening.of(event(Records.fork(0, 1)).fact()).orElseThrow().task().pid())
        .as("the child: a task forks more than once")
        .isEqualTo(Records.PID + 1);
    assertThat(Happening.of(event(Records.exec(0, "a\0")).fact()).orElseThrow().execCount())
        .isEqualTo(6);
  }
}
