package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.ring.Counter.LostByKind;
import io.tasktrail.event.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingDrainTest {

  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;
  private static final long ARMED = 100;

  private final FakeRing ring = new FakeRing(8192);

  private RingDrain drain(long snapshotDelivered, long cpu0Delivered) {
    return new RingDrain(
        new RingCursor(ring.memory(), 0),
        new LossLedger(
            List.of(
                new Progress(-2, snapshotDelivered, 0),
                new Progress(-1, 0, 0),
                new Progress(0, cpu0Delivered, 0))),
        Optional.of(new InitialSnapshot(new RingCursor(ring.memory(), 0), ring.position(), ARMED)));
  }

  private RingDrain drain() {
    return drain(0, 0);
  }

  private static List<Counter> counters(long lost) {
    long[] byKind = new long[LostByKind.KINDS];
    byKind[RecordKind.EXIT.number()] = lost;
    return List.of(
        new Counter(-2, 0, LostByKind.NONE),
        new Counter(-1, 0, LostByKind.NONE),
        new Counter(0, 0, new LostByKind(byKind)));
  }

  private List<String> poll(RingDrain drain, int max) {
    return poll(drain, max, 0);
  }

  /// What is handed out, as `CPU:SEQUENCE` or `lost FIRST-LAST`.
  private List<String> poll(RingDrain drain, int max, long lost) {
    List<String> handed = new ArrayList<>();
    drain.poll(
        new CaptureHandler() {
          @Override
          public void event(KernelEvent event) {
            handed.add(event.cpu() + ":" + event.sequence());
          }

          @Override
          public void lost(Fact.EventsLost loss) {
            handed.add("lost " + loss.first() + "-" + loss.last());
          }
        },
        counters(lost),
        ring.position(),
        max,
        1);
    return handed;
  }

  @Test
  void snapshotComesBeforeWhatHappenedWhileItWasTaken() {
    ring.write(Records.fork(0, 1))
        .write(Records.snapshot(RecordKind.SNAPSHOT_STARTED, 1, 0))
        .write(Records.seen(2, 1, 10))
        .write(Records.fork(0, 2))
        .write(Records.seen(3, 2, 20))
        .write(Records.snapshot(RecordKind.SNAPSHOT_FINISHED, 4, 2))
        .write(Records.exit(0, 3, 0));

    assertThat(poll(drain(), 100))
        .containsExactly("-2:1", "-2:2", "-2:3", "0:1", "0:2", "-2:4", "0:3");
  }

  @Test
  void taskThatStartedAfterArmingKeepsItsPlaceBehindItsFork() {
    ring.write(Records.snapshot(RecordKind.SNAPSHOT_STARTED, 1, 0))
        .write(Records.fork(0, 1))
        .write(Records.seen(2, 1, 10))
        .write(Records.seen(3, 77, ARMED))
        .write(Records.snapshot(RecordKind.SNAPSHOT_FINISHED, 4, 2));

    assertThat(poll(drain(), 100)).containsExactly("-2:1", "-2:2", "0:1", "-2:3", "-2:4");
  }

  @Test
  void laterSnapshotsStayWhereTheyAre() {
    ring.write(Records.snapshot(RecordKind.SNAPSHOT_STARTED, 1, 0))
        .write(Records.snapshot(RecordKind.SNAPSHOT_FINISHED, 2, 0))
        .write(Records.fork(0, 1))
        .write(Records.snapshot(RecordKind.SNAPSHOT_STARTED, 3, 0))
        .write(Records.seen(4, 1, 10));

    assertThat(poll(drain(), 100)).containsExactly("-2:1", "-2:2", "0:1", "-2:3", "-2:4");
  }

  @Test
  void boundIsKeptInBothPasses() {
    ring.write(Records.fork(0, 1))
        .write(Records.snapshot(RecordKind.SNAPSHOT_STARTED, 1, 0))
        .write(Records.seen(2, 1, 10))
        .write(Records.snapshot(RecordKind.SNAPSHOT_FINISHED, 3, 1));
    RingDrain drain = drain();

    List<String> handed = new ArrayList<>();
    IntStream.range(0, 5)
        .forEach(
            poll -> {
              List<String> one = poll(drain, 1);
              assertThat(one).hasSizeLessThanOrEqualTo(1);
              handed.addAll(one);
            });

    assertThat(handed).containsExactly("-2:1", "-2:2", "0:1", "-2:3");
    assertThat(drain.position()).isEqualTo(ring.position());
  }

  @Test
  void whatWasSettledBeforeIsPassedOver() {
    ring.write(Records.snapshot(RecordKind.SNAPSHOT_STARTED, 1, 0))
        .write(Records.fork(0, 1))
        .write(Records.fork(0, 2));

    assertThat(poll(drain(1, 1), 100)).containsExactly("0:2");
  }

  @Test
  void lossIsHandedOutBeforeWhatFollowsIt() {
    ring.write(Records.fork(0, 1)).write(Records.fork(0, 4));

    assertThat(poll(drain(), 100)).containsExactly("0:1", "lost 2-3", "0:4");
  }

  @Test
  void recordBeingWrittenStopsTheDrainAndDeclaresNothing() {
    ring.write(Records.fork(0, 1)).write(Records.fork(0, 2), BUSY);

    assertThat(poll(drain(), 100, 3)).containsExactly("0:1");
  }

  @Test
  void lossAtTheEndIsDeclaredOnceTheRingIsDrained() {
    ring.write(Records.fork(0, 1)).write(Records.fork(0, 2));
    RingDrain drain = drain();

    assertThat(poll(drain, 1, 3)).containsExactly("0:1");
    assertThat(poll(drain, 1, 3)).containsExactly("0:2", "lost 3-5");
  }

  @Test
  void discardedRecordsAreNothing() {
    ring.write(Records.fork(0, 9), DISCARDED).write(Records.fork(0, 1));

    assertThat(poll(drain(), 100)).containsExactly("0:1");
  }

  @Test
  void unreadableRecordIsCountedAndDeclaredLost() {
    ring.write(Records.fork(0, 1)).write(new byte[20]).write(Records.fork(0, 3));
    RingDrain drain = drain();

    assertThat(poll(drain, 100)).containsExactly("0:1", "lost 2-2", "0:3");
    assertThat(drain.malformed()).isEqualTo(1);
  }

  @Test
  void recordOfACpuThatDoesNotExistIsPassedOver() {
    ring.write(Records.fork(7, 1)).write(Records.fork(0, 1));

    assertThat(poll(drain(), 100)).containsExactly("0:1");
  }

  @Test
  void whatIsBehindTheCutIsNeitherHandedOutNorMissed() {
    ring.write(Records.fork(0, 1)).write(Records.fork(0, 2)).write(Records.fork(0, 4));
    RingDrain drain = drain();
    assertThat(drain.isOver(ring.position())).isFalse();

    drain.endAt(new Cut(2000, Map.of()));

    assertThat(drain.isOver(ring.position())).isFalse();
    assertThat(poll(drain, 100)).containsExactly("0:1");
    assertThat(drain.isOver(ring.position())).isTrue();
  }

  @Test
  void recordsAreReadAcrossTheEndOfTheRing() {
    FakeRing small = new FakeRing(512);
    RingMemory memory = small.memory();
    RingCursor cursor = new RingCursor(memory, 0);
    for (int sequence = 1; sequence <= 50; sequence++) {
      small.write(Records.fork(0, sequence));
      assertThat(cursor.next().map(KernelEvent::sequence)).contains((long) sequence);
      memory.release(cursor.position());
    }
    assertThat(memory.consumerPosition()).isEqualTo(small.position());
  }
}
