package io.tasktrail.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class RetryTest {

  private final Exception refusal = new SaslAuthenticationException("invalid credentials");

  private long now;
  private final Retry retry = new Retry(() -> now);

  @Test
  void whatMayPassIsTriedEachSecond() {
    assertThat(pauses(new TimeoutException("no metadata"), 5)).containsOnly(1L);
  }

  @Test
  void refusalIsTriedLessAndLess() {
    assertThat(pauses(refusal, 8)).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void afterASuccessARefusalIsTriedSoonAgain() {
    pauses(refusal, 8);

    retry.over();

    assertThat(pauses(refusal, 2)).containsExactly(1L, 2L);
  }

  @Test
  void reasonIsSaidOnceAnHour() {
    assertThat(retry.isNews("a")).isTrue();
    assertThat(retry.isNews("b")).isTrue();
    assertThat(retry.isNews("a")).isFalse();

    now += Retry.SAY_AGAIN.toNanos();

    assertThat(retry.isNews("a")).isTrue();
  }

  @Test
  void reasonsThatNeverRepeatAreBounded() {
    int said = 0;
    for (int i = 0; i < 1000; i++) {
      said += retry.isNews("expired after " + i + " ms") ? 1 : 0;
    }

    assertThat(said).isEqualTo(Retry.SAID_MAX);
  }

  /// In seconds.
  private List<Long> pauses(Exception cause, int tries) {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < tries; i++) {
      retry.later("Kafka at kafka:9092", cause);
      long before = now;
      while (!retry.isDue()) {
        now += Duration.ofSeconds(1).toNanos();
      }
      pauses.add(Duration.ofNanos(now - before).toSeconds());
    }
    return pauses;
  }
}
