package io.tasktrail.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreadDeathsTest {

  private final Shutdown shutdown = new Shutdown();
  private final ThreadDeaths deaths = new ThreadDeaths(shutdown);

  @AfterEach
  void close() {
    shutdown.close();
  }

  @Test
  void outageCostsAThreadAndNotTheRole() {
    var response = deaths.handle(new StreamsException(new TimeoutException("broker is away")));

    assertThat(response).isEqualTo(REPLACE_THREAD);
    assertThat(shutdown.isRequested()).isFalse();
  }

  @Test
  void whatNeverWorksEndsTheRoleWithOneLine() {
    var response = deaths.handle(new StreamsException(new TopicAuthorizationException("no way")));

    assertThat(response).isEqualTo(SHUTDOWN_CLIENT);
    assertThatThrownBy(shutdown::await)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("TopicAuthorizationException: no way");
  }

  @Test
  void threadThatDiesWhileTheRoleEndsIsNotReplaced() {
    shutdown.request();

    assertThat(deaths.handle(new TimeoutException("broker is away"))).isEqualTo(SHUTDOWN_CLIENT);
  }
}
