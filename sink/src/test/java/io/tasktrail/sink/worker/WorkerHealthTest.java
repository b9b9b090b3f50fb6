package io.tasktrail.sink.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.role.http.Health;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerHealthTest {

  private EmbeddedWorker.State state = new EmbeddedWorker.State("RUNNING", Optional.empty());
  private Optional<String> failure = Optional.empty();
  private final Health health = new WorkerHealth(() -> state, () -> failure);

  @Test
  void aTaskThatRunsIsReady() {
    assertThat(health.live()).isEqualTo(new Health.Answer(true, Map.of("state", "RUNNING")));
    assertThat(health.ready()).isEqualTo(health.live());
  }

  @Test
  void aDestinationThatIsAwayIsWaitedFor() {
    failure = Optional.of("no space");

    assertThat(health.live().yes()).isTrue();
    assertThat(health.ready())
        .isEqualTo(new Health.Answer(false, Map.of("state", "RUNNING", "because", "no space")));
  }

  @Test
  void whoStartsIsLiveAndNotReady() {
    state = new EmbeddedWorker.State("STARTING", Optional.empty());

    assertThat(health.live().yes()).isTrue();
    assertThat(health.ready().yes()).isFalse();
  }

  @Test
  void aTaskThatEndedIsNeither() {
    state = new EmbeddedWorker.State("FAILED", Optional.of("given up"));

    assertThat(health.live())
        .isEqualTo(new Health.Answer(false, Map.of("state", "FAILED", "because", "given up")));
    assertThat(health.ready().yes()).isFalse();
  }
}
