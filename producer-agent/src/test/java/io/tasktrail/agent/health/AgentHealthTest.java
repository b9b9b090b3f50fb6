package io.tasktrail.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.role.http.Health.Answer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AgentHealthTest {

  private long now = 1;
  private final Board board = new Board(() -> now);
  private final AgentHealth health = new AgentHealth(board);

  @Test
  void isNotReadyBeforeACaptureIsRead() {
    assertThat(health.live().yes()).isTrue();
    assertBecause("no capture is read yet");
  }

  @Test
  void isReadyWhileThereIsNothingToAcknowledge() {
    post(0, 0);
    pass(Duration.ofHours(1));
    board.turned(false);
    post(0, 0);

    assertThat(health.ready().yes()).isTrue();
  }

  @Test
  void isReadyWhileSomethingIsAcknowledgedHoweverMuchWaits() {
    for (int i = 1; i < 10; i++) {
      post(i, 1000);
      pass(AgentHealth.SILENCE_MAX.minusNanos(1));
      board.turned(false);
      assertThat(health.ready().yes()).isTrue();
    }
  }

  @Test
  void isNotReadyWhenNothingIsAcknowledgedForLong() {
    post(5, 7);
    pass(AgentHealth.SILENCE_MAX);
    board.turned(false);
    post(5, 9);

    assertBecause("nothing was acknowledged for 30 s, and 9 events wait");
    assertThat(health.live().yes()).isTrue();
  }

  @Test
  void isNotReadyWithoutItsCanary() {
    board.post(
        Sightings.of(
            Sightings.balance(1, 0), new Canary.Report(OptionalLong.of(1), true, 1, 1, 0)));

    assertThat(health.ready().details().get("because").toString()).contains("capture is dead");
  }

  @Test
  void isNotLiveWhenItsThreadHangs() {
    post(1, 0);
    board.turned(false);
    pass(AgentHealth.TURN_MAX);

    assertThat(health.live().yes()).isFalse();
    assertBecause("the agent's thread hangs since 180 s");
  }

  private void assertBecause(String why) {
    Answer ready = health.ready();
    assertThat(ready.yes()).isFalse();
    assertThat(ready.details().get("because")).isEqualTo(List.of(why));
  }

  private void post(long acknowledged, long inFlight) {
    board.post(Sightings.of(Sightings.balance(acknowledged, inFlight), Canary.Report.NONE));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
