package io.tasktrail.sink.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void pausesDoubleToTheirBound() {
    assertThat(
            Stream.iterate(Backoff.upTo(Duration.ofSeconds(1)), Backoff::doubled)
                .limit(6)
                .map(backoff -> backoff.next().toMillis()))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @Test
  void aSuccessBeginsAnew() {
    Backoff backoff = Backoff.upTo(Duration.ofSeconds(1));

    assertThat(backoff.doubled().doubled().reset()).isEqualTo(backoff);
  }

  @Test
  void aPauseIsShorterByChanceByHalfAtMost() {
    Backoff backoff = Backoff.upTo(Duration.ofSeconds(1));

    assertThat(backoff.pause(0)).isEqualTo(Duration.ofMillis(50));
    assertThat(backoff.pause(1)).isEqualTo(Duration.ofMillis(100));
  }
}
