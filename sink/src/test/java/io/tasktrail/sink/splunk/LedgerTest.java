package io.tasktrail.sink.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.sink.EventVersion;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger();

  @Test
  void whatIsTakenIsHeldByItsIdAndRevision() {
    ledger.took(List.of(version(1)));

    assertThat(ledger.holds(version(1))).isTrue();
    assertThat(ledger.holds(new EventVersion(new UUID(0, 1), 1))).isFalse();
    assertThat(ledger.holds(version(2))).isFalse();
  }

  @Test
  void whatIsAcknowledgedStaysHeldAndIsNotWaitedFor() {
    ledger.took(List.of(version(1)), 0, 100);
    ledger.took(List.of(version(2)), 1, 200);
    ledger.acknowledged(List.of(0L));

    assertThat(ledger.waiting()).containsExactly(1L);
    assertThat(ledger.waitingSinceNanos()).hasValue(200);
    ledger.giveUp();
    assertThat(ledger.holds(version(1))).isTrue();
    assertThat(ledger.holds(version(2))).isFalse();
    assertThat(ledger.waitingSinceNanos()).isEmpty();
  }

  @Test
  void anIdThatWasGivenBeforeDoesNotGoOnWhileAnythingWaits() {
    assertThat(ledger.goesOn(0)).isTrue();
    ledger.took(List.of(version(1)), 0, 100);
    ledger.took(List.of(version(2)), 1, 100);

    assertThat(ledger.goesOn(2)).isTrue();
    assertThat(ledger.goesOn(1)).isFalse();
    assertThat(ledger.goesOn(0)).isFalse();
    ledger.acknowledged(List.of(0L, 1L));
    assertThat(ledger.goesOn(0)).isTrue();
  }

  @Test
  void itsMemoryIsBoundedAndWhatIsBeyondIsNotHeld() {
    ledger.took(LongStream.range(0, Ledger.EVENTS_MAX).mapToObj(LedgerTest::version).toList());
    ledger.took(List.of(version(Ledger.EVENTS_MAX)), 7, 0);

    assertThat(ledger.holds(version(0))).isTrue();
    assertThat(ledger.holds(version(Ledger.EVENTS_MAX))).isFalse();
    assertThat(ledger.waiting()).containsExactly(7L);
  }

  private static EventVersion version(long number) {
    return new EventVersion(new UUID(0, number), 0);
  }
}
