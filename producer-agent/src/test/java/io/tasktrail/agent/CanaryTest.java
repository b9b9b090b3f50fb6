package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.ring.CaptureHandler;
import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.agent.ring.Troubles;
import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CanaryTest {

  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final ByteText NOTHING = ByteText.of("");

  private final FakeCapture capture = new FakeCapture();
  private final FakeNest nest = new FakeNest();
  private final Canary canary = new Canary(nest, INTERVAL, capture.bootNanos());
  private boolean safe;

  @Test
  void latencyIsFromTheExecUntilItIsSafe() {
    turn();
    long exec = capture.bootNanos + 1_000;
    canary.read(exec(nest.started.getFirst(), exec), 7);
    pass(Duration.ofMillis(5));
    assertThat(canary.report()).isEqualTo(Canary.Report.NONE);

    safe = true;
    turn();

    assertThat(canary.report())
        .isEqualTo(
            new Canary.Report(
                OptionalLong.of(Duration.ofMillis(5).toNanos() - 1_000), false, 1, 0, 0));
  }

  @Test
  void oneIsStartedPerIntervalAndEachHasAMarkOfItsOwn() {
    for (int i = 0; i < 3; i++) {
      turn();
      canary.read(exec(nest.started.getLast(), capture.bootNanos), i);
      safe = true;
      turn();
      pass(INTERVAL);
    }

    assertThat(nest.started)
        .hasSize(4)
        .doesNotHaveDuplicates()
        .allMatch(mark -> mark.startsWith(Canary.MARK));
  }

  @Test
  void execOfAnotherIsNotTheCanary() {
    turn();
    canary.read(exec("tasktrail-canary=another-1", 1), 1);
    canary.read(new KernelEvent(0, 2, 2, Facts.exited()), 2);
    safe = true;
    pass(Duration.ofMillis(1));

    assertThat(canary.report().back()).isZero();
  }

  @Test
  void whatIsNotCapturedInTimeIsMissingUntilOneComesBack() {
    turn();
    pass(Canary.BOUND);
    turn();
    assertThat(canary.report().isMissing()).isTrue();
    assertThat(canary.report().missing()).isEqualTo(1);

    pass(INTERVAL);
    canary.read(exec(nest.started.getLast(), capture.bootNanos), 1);
    safe = true;
    turn();
    assertThat(canary.report().isMissing()).isFalse();
  }

  @Test
  void ringThatIsReadLateIsNotSilent() {
    turn();
    capture.write(0, 1);
    pass(Canary.BOUND);
    pass(Canary.BOUND);
    assertThat(canary.report().isMissing()).isFalse();

    capture.poll(new Nobody(), 1);
    turn();

    assertThat(canary.report().isMissing()).isTrue();
  }

  @Test
  void whatMayBeAmongTheLostIsUndecided() {
    turn();
    capture.troubles =
        new Troubles(List.of(new Fact.LostOfKind("exec", 1)), Optional.empty(), 0, 0);
    pass(Canary.BOUND);
    turn();

    assertThat(canary.report()).isEqualTo(new Canary.Report(OptionalLong.empty(), false, 0, 0, 1));
  }

  @Test
  void oneThatCouldNotBeStartedSaysNothingOfTheCapture() {
    turn();
    nest.failed = true;
    pass(Canary.BOUND);
    turn();

    assertThat(canary.report().isMissing()).isFalse();
    assertThat(canary.report().undecided()).isEqualTo(1);
  }

  @Test
  void oneThatHangsIsEndedBeforeTheNextIsStarted() {
    turn();
    nest.taken = true;
    pass(Canary.BOUND);
    turn();
    pass(INTERVAL);
    assertThat(nest.started).hasSize(1);
    assertThat(nest.cleared).isEqualTo(1);

    nest.taken = false;
    pass(INTERVAL);
    assertThat(nest.started).hasSize(2);
    assertThat(canary.report().missing()).isZero();
  }

  @Test
  void replacedCaptureHasPositionsOfItsOwn() {
    turn();
    capture.write(0, 1);
    pass(Canary.BOUND);
    canary.goOn();
    FakeCapture next = new FakeCapture();
    next.bootNanos = capture.bootNanos;

    canary.doWork(next, _ -> safe);
    assertThat(canary.report().isMissing()).isFalse();
    canary.doWork(next, _ -> safe);

    assertThat(canary.report().isMissing()).isTrue();
  }

  @Test
  void intervalOfZeroStartsNone() {
    Canary none = new Canary(nest, Duration.ZERO, 0);

    none.doWork(capture, _ -> true);

    assertThat(nest.started).isEmpty();
  }

  private void turn() {
    canary.doWork(capture, _ -> safe);
  }

  private void pass(Duration time) {
    capture.bootNanos += time.toNanos();
    turn();
  }

  private static KernelEvent exec(String mark, long bootNanos) {
    return new KernelEvent(
        0,
        1,
        bootNanos,
        new Fact.Executed(
            new Actor(
                new TaskKey(100, 1), 5, ByteText.of("true"), new Credentials(0, 0, 0, 0, 0, 0)),
            new TaskKey(1, 1),
            100,
            new Image(NOTHING, NOTHING, NOTHING, 0, 0, false, false),
            new Arguments(List.of(ByteText.of("/bin/true"), ByteText.of(mark)), 2, 40, false),
            new Place(NOTHING, "", new Place.Namespaces(0, 0, 0, 0), 0)));
  }

  private static final class Nobody implements CaptureHandler {

    @Override
    public void event(KernelEvent event) {
      // is of nobody's interest
    }

    @Override
    public void lost(Fact.EventsLost loss) {
      // is of nobody's interest
    }
  }
}
