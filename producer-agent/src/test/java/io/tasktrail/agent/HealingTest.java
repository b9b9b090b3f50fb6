package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LossCause;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealingTest {

  private static final long RING = 256 << 10;
  private static final long SECOND = 1_000_000_000L;

  private final Healing healing = new Healing(RING, List.of());

  private static Fact.EventsLost lost(int cpu, long toNanos) {
    return new Fact.EventsLost(cpu, 1, 9, List.of(), LossCause.RING_FULL, 1, toNanos);
  }

  private static KernelEvent finished(long tasks) {
    return new KernelEvent(-2, 9, 1, new Fact.SnapshotFinished(tasks));
  }

  @Test
  void nothingLostIsNothingToHeal() {
    assertThat(healing.isDue(SECOND, 0)).isFalse();
  }

  @Test
  void lossOfTheKernelsEventsIsHealedOnce() {
    healing.lost(lost(0, SECOND));

    assertThat(healing.isDue(SECOND, 0)).isTrue();
    healing.begin(SECOND);
    assertThat(healing.isDue(1000 * SECOND, 0)).isFalse();
  }

  @Test
  void whatTheAgentItselfLostSaysNothingOfTasks() {
    healing.lost(lost(-1, SECOND));

    assertThat(healing.isDue(SECOND, 0)).isFalse();
  }

  @Test
  void whatHadNoNumbersIsHealed() {
    healing.lost(Fact.EventsLost.unnumbered(List.of(), 1, SECOND));

    assertThat(healing.isDue(SECOND, 0)).isTrue();
  }

  @Test
  void nextCaptureHealsWhatThisOneDidNot() {
    Healing next = new Healing(RING, List.of());
    healing.lost(lost(0, SECOND));
    healing.begin(SECOND);

    next.takeOver(healing);

    assertThat(next.isDue(SECOND, 0)).isTrue();
  }

  @Test
  void nextCaptureHasNothingToHealAfterAWholeSnapshot() {
    Healing next = new Healing(RING, List.of());
    healing.lost(lost(0, SECOND));
    healing.begin(SECOND);
    healing.read(finished(400));

    next.takeOver(healing);

    assertThat(next.isDue(SECOND, 0)).isFalse();
  }

  @Test
  void ringMustBeFarFromFull() {
    healing.lost(lost(0, SECOND));

    assertThat(healing.isDue(SECOND, RING / 2 + 1)).isFalse();
    assertThat(healing.isDue(SECOND, RING / 2)).isTrue();
  }

  @Test
  void manyTasksNeedMoreRoom() {
    healing.read(finished(400));
    healing.lost(lost(0, SECOND));

    assertThat(healing.isDue(SECOND, RING / 2)).isFalse();
    assertThat(healing.isDue(SECOND, RING / 8)).isTrue();
  }

  @Test
  void moreTasksThanTheRingHoldsAreTriedWhenItIsAllButEmpty() {
    healing.read(finished(1_000_000));
    healing.lost(lost(0, SECOND));

    assertThat(healing.isDue(SECOND, RING / 4)).isFalse();
    assertThat(healing.isDue(SECOND, RING / 8)).isTrue();
  }

  @Test
  void lossFromBeforeTheSnapshotIsHealedByIt() {
    healing.begin(100 * SECOND);

    healing.lost(lost(1, 99 * SECOND));

    assertThat(healing.isDue(1000 * SECOND, 0)).isFalse();
  }

  @Test
  void lossWithinOrBehindTheSnapshotWantsAnotherAfterAWait() {
    healing.begin(100 * SECOND);

    healing.lost(lost(-2, 100 * SECOND + 1));

    assertThat(healing.isDue(109 * SECOND, 0)).isFalse();
    assertThat(healing.isDue(110 * SECOND, 0)).isTrue();
  }

  @Test
  void waitDoublesWhileEachSnapshotIsTornAndIsShortAgainAfterCalm() {
    long now = 100 * SECOND;
    for (int wait : List.of(10, 20, 40, 80, 160, 300, 300)) {
      healing.begin(now);
      healing.lost(lost(-2, now + 1));
      assertThat(healing.isDue(now + wait * SECOND - 1, 0)).isFalse();
      now += wait * SECOND;
      assertThat(healing.isDue(now, 0)).isTrue();
    }

    now += 600 * SECOND;
    healing.begin(now);
    healing.lost(lost(0, now + 1));
    assertThat(healing.isDue(now + 10 * SECOND, 0)).isTrue();
  }

  @Test
  void lossesOfEarlierAgentsAreHealedForNobodyKnowsWhetherTheyWere() {
    assertThat(new Healing(RING, List.of(new Progress(0, 90, 3))).isDue(SECOND, 0)).isTrue();
    assertThat(new Healing(RING, List.of(new Progress(-1, 90, 3))).isDue(SECOND, 0)).isFalse();
  }
}
