package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.ring.Counter.LostByKind;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LossCause;
import io.tasktrail.event.Fact.LostOfKind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossLedgerTest {

  private static final long NOW = 99;

  private final LossLedger ledger = ledger(0, 0);

  private static LossLedger ledger(long delivered, long lost) {
    return new LossLedger(
        List.of(new Progress(-2, 0, 0), new Progress(-1, 5, 0), new Progress(0, delivered, lost)));
  }

  private static List<Counter> counted(long forks, long execs) {
    long[] lost = new long[LostByKind.KINDS];
    lost[RecordKind.FORK.number()] = forks;
    lost[RecordKind.EXEC.number()] = execs;
    return List.of(
        new Counter(-2, 0, LostByKind.NONE),
        new Counter(-1, 0, LostByKind.NONE),
        new Counter(0, 0, new LostByKind(lost)));
  }

  private static Fact.EventsLost lost(long first, long last, long from, long to) {
    return new Fact.EventsLost(0, first, last, List.of(), LossCause.RING_FULL, from, to);
  }

  @Test
  void sequencesWithoutAJumpLoseNothing() {
    assertThat(ledger.arrived(0, 1, 10)).isEmpty();
    assertThat(ledger.arrived(0, 2, 20)).isEmpty();
    assertThat(ledger.settle(NOW)).isEmpty();
  }

  @Test
  void jumpIsALossAtOnce() {
    ledger.arrived(0, 1, 10);

    assertThat(ledger.arrived(0, 5, 50)).contains(lost(2, 4, 10, 50));
  }

  @Test
  void jumpAtTheBeginningIsALoss() {
    assertThat(ledger.arrived(0, 3, 30)).contains(lost(1, 2, 0, 30));
  }

  @Test
  void lossAtTheEndIsKnownByTheKernelsCount() {
    ledger.counted(counted(2, 1));
    ledger.arrived(0, 1, 10);

    assertThat(ledger.settle(NOW))
        .containsExactly(
            new Fact.EventsLost(
                0,
                2,
                4,
                List.of(new LostOfKind("fork", 2), new LostOfKind("exec", 1)),
                LossCause.RING_FULL,
                10,
                NOW));
    assertThat(ledger.settle(NOW)).isEmpty();
  }

  @Test
  void whatAJumpExplainsIsNotDeclaredAgain() {
    ledger.counted(counted(3, 0));
    ledger.arrived(0, 1, 10);

    assertThat(ledger.arrived(0, 5, 50).map(Fact.EventsLost::kinds))
        .contains(List.of(new LostOfKind("fork", 3)));
    assertThat(ledger.settle(NOW)).isEmpty();
  }

  @Test
  void countMayLagBehindTheJumps() {
    ledger.counted(counted(1, 0));
    ledger.arrived(0, 1, 10);
    ledger.arrived(0, 5, 50);

    assertThat(ledger.settle(NOW)).isEmpty();
    ledger.counted(counted(3, 0));
    assertThat(ledger.settle(NOW)).isEmpty();
  }

  @Test
  void kindsAreLeftOutWhenTheyCannotBeToldApart() {
    ledger.counted(counted(3, 2));
    ledger.arrived(0, 3, 30);

    Optional<Fact.EventsLost> second = ledger.arrived(0, 7, 70);

    assertThat(second.map(Fact.EventsLost::kinds)).contains(List.of());
  }

  @Test
  void nextAgentGoesOnWhereTheLastOneStopped() {
    LossLedger next = ledger(10, 4);
    next.counted(counted(4, 1));

    assertThat(next.isNew(0, 10)).isFalse();
    assertThat(next.isNew(0, 11)).isTrue();
    assertThat(next.settle(NOW)).containsExactly(lost(11, 11, 0, NOW));
    assertThat(next.progress(0).get(2)).isEqualTo(new Progress(0, 11, 5));
  }

  @Test
  void agentsOwnNumbersThatWereNotSettledAreDeclaredOnce() {
    assertThat(ledger.abandoned(7, NOW))
        .contains(new Fact.EventsLost(-1, 6, 7, List.of(), LossCause.AGENT_KILLED, 0, NOW));
    assertThat(ledger.abandoned(7, NOW)).isEmpty();
    assertThat(ledger.progress(8).get(1)).isEqualTo(new Progress(-1, 8, 2));
  }

  @Test
  void cpusThatDoNotExistAreNotKnown() {
    assertThat(ledger.knows(-2)).isTrue();
    assertThat(ledger.knows(0)).isTrue();
    assertThat(ledger.knows(-3)).isFalse();
    assertThat(ledger.knows(1)).isFalse();
  }

  /// Whatever is lost, and whenever the agent looks: delivered and lost add up to the sequence.
  @Test
  void everySequenceIsDeliveredOrDeclaredLost() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      LossLedger tried = ledger(0, 0);
      long sequence = 0;
      long lostByKernel = 0;
      long delivered = 0;
      long declared = 0;
      for (int poll = 0; poll < 20; poll++) {
        tried.counted(counted(lostByKernel, 0));
        for (int i = random.nextInt(6); i > 0; i--) {
          sequence++;
          if (random.nextBoolean()) {
            lostByKernel++;
          } else {
            delivered++;
            declared += tried.arrived(0, sequence, sequence).map(Fact.EventsLost::count).orElse(0L);
          }
        }
        declared += tried.settle(NOW).stream().mapToLong(Fact.EventsLost::count).sum();
      }
      tried.counted(counted(lostByKernel, 0));
      declared += tried.settle(NOW).stream().mapToLong(Fact.EventsLost::count).sum();
      assertThat(declared).as("seed %d", seed).isEqualTo(lostByKernel);
      assertThat(tried.progress(0).get(2))
          .isEqualTo(new Progress(0, delivered + declared, declared));
    }
  }
}
