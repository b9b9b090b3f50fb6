package io.tasktrail.sink.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger();

  @Test
  void whatIsTakenIsHeldByItsIdAndRevision() {
    ledger.took(List.of(told(1)));

    assertThat(ledger.holds(told(1))).isTrue();
    assertThat(ledger.holds(new Told(new UUID(0, 1), 1))).isFalse();
    assertThat(ledger.holds(told(2))).isFalse();
  }

  @Test
  void whatIsAcknowledgedStaysHeldAndIsNotWaitedFor() {
    ledger.took(List.of(told(1)), 0, 100);
    ledger.took(List.of(told(2)), 1, 200);
    ledger.acknowledged(List.of(0L));

    assertThat(ledger.waiting()).containsExactly(1L);
    assertThat(ledger.waitingSinceNanos()).hasValue(200);
    ledger.giveUp();
    assertThat(ledger.holds(told(1))).isTrue();
    assertThat(ledger.holds(told(2))).isFalse();
    assertThat(ledger.waitingSinceNanos()).isEmpty();
  }

  @Test
  void itsMemoryIsBoundedAndWhatIsBeyondIsNotHeld() {
    ledger.took(LongStream.range(0, Ledger.EVENTS_MAX).mapToObj(LedgerTest::told).toList());
    ledger.took(List.of(told(Ledger.EVENTS_MAX)), 7, 0);

    assertThat(ledger.holds(told(0))).isTrue();
    assertThat(ledger.holds(told(Ledger.EVENTS_MAX))).isFalse();
    assertThat(ledger.waiting()).containsExactly(7L);
  }

  private static Told told(long number) {
    return new Told(new UUID(0, number), 0);
  }
}
