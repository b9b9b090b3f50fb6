package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PatienceTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Patience patience = new Patience(SECOND, Duration.ofSeconds(5));

  @Test
  void waitsTwiceAsLongEachTimeUpToABound() {
    assertThat(afterFailureAt(100)).isEqualTo(Duration.ofSeconds(1));
    assertThat(afterFailureAt(101)).isEqualTo(Duration.ofSeconds(2));
    assertThat(afterFailureAt(103)).isEqualTo(Duration.ofSeconds(4));
    assertThat(afterFailureAt(107)).isEqualTo(Duration.ofSeconds(5));
    assertThat(afterFailureAt(112)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void beginsAnewAfterWhatWorkedForLong() {
    afterFailureAt(100);
    afterFailureAt(101);

    assertThat(afterFailureAt(200)).isEqualTo(SECOND);
    assertThat(afterFailureAt(201)).isEqualTo(Duration.ofSeconds(2));
  }

  private Duration afterFailureAt(long seconds) {
    return patience.afterFailure(Duration.ofSeconds(seconds).toNanos());
  }
}
