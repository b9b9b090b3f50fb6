package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WaitingTest {

  private final Shutdown shutdown = new Shutdown();
  private final Waiting waiting = new Waiting(shutdown);
  private final AtomicInteger tries = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    shutdown.close();
  }

  @Test
  void triesAgainWhatIsAway() throws Exception {
    boolean worked =
        waiting.until(
            "Kafka at x:1",
            "check it",
            () -> {
              if (tries.incrementAndGet() < 2) {
                throw new ConnectException("refused");
              }
            });

    assertThat(worked).isTrue();
    assertThat(tries).hasValue(2);
  }

  @Test
  void endsWhenAskedTo() throws Exception {
    boolean worked =
        waiting.until(
            "Kafka at x:1",
            "check it",
            () -> {
              shutdown.request();
              throw new ConnectException("refused");
            });

    assertThat(worked).isFalse();
  }

  @Test
  void givesUpAtOnceWhatNeverWorks() {
    assertThatThrownBy(
            () ->
                waiting.until(
                    "Kafka at x:1",
                    "check the password",
                    () -> {
                      throw new SaslAuthenticationException("wrong password");
                    }))
        .isInstanceOf(Failure.class)
        .hasMessage("wrong password: Kafka at x:1: check the password");
  }
}
