package io.tasktrail.streams.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.http.Health.Answer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StreamsHealthTest {

  private static final Set<State> FAILED = EnumSet.of(State.PENDING_ERROR, State.ERROR);
  private static final TopicPartition CHANGELOG = new TopicPartition("tasks-changelog", 3);

  private final Restoration restoration = new Restoration(new PrometheusRegistry());
  private final StreamsHealth health = new StreamsHealth(restoration);

  @Test
  void whatWaitsIsLiveAndSaysForWhat() {
    health.waitingFor("Kafka at x:1");

    assertThat(health.live().yes()).isTrue();
    assertThat(health.ready())
        .isEqualTo(new Answer(false, Map.of("state", "WAITING", "waiting_for", "Kafka at x:1")));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void onlyWhatRunsIsReadyAndOnlyWhatFailedIsNotLive(State state) {
    health.folding(() -> state);

    assertThat(health.ready().yes()).isEqualTo(state == State.RUNNING);
    assertThat(health.live().yes()).isEqualTo(!FAILED.contains(state));
  }

  @Test
  void restorationIsToldByStoreAndPartition() {
    health.folding(() -> State.REBALANCING);

    restoration.onRestoreStart(CHANGELOG, "tasks", 100, 1100);
    restoration.onBatchRestored(CHANGELOG, "tasks", 349, 240);

    assertThat(health.ready().details())
        .isEqualTo(
            Map.of(
                "state",
                "REBALANCING",
                "restoring",
                List.of(
                    Map.of(
                        "store", "tasks", "partition", 3, "restored", 250L, "to_restore", 1000L))));
  }

  @Test
  void whatIsRestoredOrGivenAwayIsForgotten() {
    TopicPartition another = new TopicPartition("tasks-changelog", 4);
    restoration.onRestoreStart(CHANGELOG, "tasks", 0, 10);
    restoration.onRestoreStart(another, "tasks", 0, 10);

    restoration.onRestoreEnd(CHANGELOG, "tasks", 10);
    restoration.onRestoreSuspended(another, "tasks", 5);

    assertThat(restoration.progress()).isEmpty();
  }
}
