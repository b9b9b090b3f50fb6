package io.tasktrail.agent;

import static io.tasktrail.agent.Facts.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.modules.ModuleViews;
import io.tasktrail.agent.modules.ModuleWatch;
import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.agent.ring.Troubles;
import io.tasktrail.event.AgentReport;
import io.tasktrail.event.BootId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LossCause;
import io.tasktrail.event.Fact.LostOfKind;
import io.tasktrail.event.Fact.Watermark;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentTest {

  private static final Identity IDENTITY =
      new Identity(new HostId(new UUID(1, 1)), "web-7", new BootId(new UUID(2, 2)));
  private static final AgentReport REPORT =
      new AgentReport("0.1", "capture", "6.1", "amd64", "test", List.of("masking"));
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int RECORDS = 16;

  /// More than half of the fake's ring, whose positions count records.
  private static final int FULL = (int) FakeCapture.META.ringBytes() / 2 + 100;

  private final ModuleWatch modules = new ModuleWatch(Path.of("/"), ModuleViews.NONE);

  private final Whereabouts whereabouts = new Whereabouts(_ -> "");

  private final FakeCapture capture = new FakeCapture();
  private final AckWindow window = new AckWindow(RECORDS + Agent.reserveFor(FakeCapture.META));
  private final FakePublisher publisher = new FakePublisher(window);
  private final Stamp stamp = new Stamp(IDENTITY, capture);
  private final Outbox outbox = new Outbox(publisher, window, stamp);
  private final FakeNest nest = new FakeNest();
  private final Canary canary = new Canary(nest, Duration.ZERO, 0);
  private final Reckoning reckoning = new Reckoning(window, publisher, capture);
  private final Agent agent =
      new Agent(capture, stamp, outbox, canary, modules, whereabouts, REPORT, HEARTBEAT);

  @AfterEach
  void whateverATestDidEachEventIsSomewhereOnce() {
    whereabouts.close();
    Balance balance = reckoning.balance();
    assertThat(balance.missing()).as("%s", balance).isZero();
  }

  @Test
  void whatTheKernelNumberedKeepsItsNumberAndTime() {
    capture.write(1, 42);

    agent.doWork();

    assertThat(publisher.published)
        .containsExactly(
            new TaskEvent(
                new Header(
                    IDENTITY.host(),
                    "web-7",
                    IDENTITY.boot(),
                    FakeCapture.META.capture(),
                    1,
                    42,
                    420,
                    900_000),
                Facts.exited()));
  }

  @Test
  void wallClockIsReadEveryTurn() {
    capture.wallOffsetNanos = 777;
    capture.write(0, 1);

    agent.doWork();

    assertThat(publisher.published.getFirst().header().wallOffsetNanos()).isEqualTo(777);
  }

  /// What counts is CLOCK_BOOTTIME, which nobody sets.
  @ParameterizedTest
  @ValueSource(longs = {-3_600_000_000_000L, 86_400_000_000_000L})
  void wallClockThatIsSetChangesTheOffsetAlone(long step) {
    capture.write(0, 1);
    agent.doWork();
    long before = capture.wallOffsetNanos;
    capture.wallOffsetNanos += step;
    capture.write(0, 2);
    agent.doWork();

    assertThat(publisher.published)
        .extracting(event -> event.header().wallOffsetNanos())
        .containsExactly(before, before + step);
    assertThat(publisher.published)
        .extracting(event -> event.header().bootNanos())
        .containsExactly(10L, 20L);
    publisher.acknowledge(0, 1);
    agent.doWork();
    assertThat(capture.released.position()).isEqualTo(2);

    capture.bootNanos += HEARTBEAT.toNanos();
    agent.doWork();
    assertThat(publisher.facts().getLast()).isInstanceOf(Fact.Heartbeat.class);
  }

  @Test
  void ringIsReleasedOnceEverythingReadIsAcknowledged() {
    capture.write(0, 1);
    capture.write(0, 2);
    agent.doWork();

    publisher.acknowledge(0, 1);
    agent.doWork();

    assertThat(capture.released.position()).isEqualTo(2);
  }

  @Test
  void nextTurnCanWaitWhileNothingIsNewOrOnItsWayOrAsked() {
    assertThat(agent.isAtRest()).isTrue();
    capture.write(0, 1);
    assertThat(agent.isAtRest()).as("new").isFalse();
    agent.doWork();
    assertThat(agent.isAtRest()).as("on its way").isFalse();
    publisher.acknowledge(0);
    agent.doWork();
    assertThat(agent.isAtRest()).isTrue();

    CompletableFuture<Void> drained = agent.drained();
    assertThat(agent.isAtRest()).as("asked").isFalse();
    agent.doWork();
    agent.doWork();
    assertThat(drained).isDone();
    assertThat(agent.isAtRest()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(SpoolFigures.State.class)
  void nextTurnCanNotWaitWhileTheDiskHoldsWhatKafkaLacks(SpoolFigures.State state) {
    publisher.spool = Optional.of(FakePublisher.figures(state, 0));
    assertThat(agent.isAtRest()).isEqualTo(state == SpoolFigures.State.PASSING);

    publisher.spool = Optional.of(FakePublisher.figures(state, 1));
    assertThat(agent.isAtRest()).as("sent, not acknowledged").isFalse();
  }

  @Test
  void nothingIsReleasedPastAGapInTheAcknowledgements() {
    capture.write(0, 1);
    agent.doWork();
    capture.write(0, 2);
    agent.doWork();
    capture.write(0, 3);
    agent.doWork();

    publisher.acknowledge(2, 0);
    agent.doWork();
    assertThat(capture.released.position()).isEqualTo(1);

    publisher.acknowledge(1);
    agent.doWork();
    assertThat(capture.released.position()).isEqualTo(3);
  }

  @Test
  void ringIsNotReadWhileThePublisherHasNoRoom() {
    publisher.hasRoom = false;
    capture.write(0, 1);

    agent.doWork();
    assertThat(capture.read()).isZero();

    publisher.hasRoom = true;
    agent.doWork();
    assertThat(capture.read()).isEqualTo(1);
  }

  @Test
  void noMoreIsReadThanMayBeInFlight() {
    for (int sequence = 1; sequence <= 1000; sequence++) {
      capture.write(0, sequence);
    }

    agent.doWork();
    assertThat(capture.read()).isBetween(1, RECORDS);

    while (capture.read() < 1000) {
      publisher.acknowledgeFrom(0);
      agent.doWork();
    }
    assertThat(publisher.published).hasSize(1000);
  }

  @Test
  void lossIsPublishedBeforeTheEventAfterIt() {
    capture.lostBeforeNext = Optional.of(lost(0, 1, 4));
    capture.write(0, 5);

    agent.doWork();

    assertThat(publisher.facts()).containsExactly(lost(0, 1, 4), Facts.exited());
    assertThat(publisher.published.getFirst().header().cpu()).isEqualTo(Header.AGENT_CPU);
    assertThat(publisher.published.getFirst().header().sequence()).isEqualTo(1);
  }

  @Test
  void lossesAtTheEndAreLookedForEachSecond() {
    capture.loseAtTheEnd(lost(1, 8, 9));

    agent.doWork();
    assertThat(publisher.published).isEmpty();

    capture.bootNanos += Duration.ofSeconds(1).toNanos();
    agent.doWork();
    assertThat(publisher.facts()).containsExactly(lost(1, 8, 9));
  }

  @Test
  void lossIsFollowedByASnapshotOnceTheRingHasRoom() {
    capture.lostBeforeNext = Optional.of(lost(0, 1, 4));
    for (int sequence = 5; sequence < 5 + FULL; sequence++) {
      capture.write(0, sequence);
    }
    agent.doWork();
    assertThat(capture.snapshots).isZero();

    for (int turn = 0; turn < FULL; turn++) {
      publisher.acknowledgeFrom(0);
      agent.doWork();
    }
    assertThat(capture.snapshots).isEqualTo(1);
  }

  @Test
  void snapshotThatCouldNotBeginIsTriedAgain() {
    capture.snapshotIsBusy = true;
    capture.lostBeforeNext = Optional.of(lost(0, 1, 4));
    capture.write(0, 5);
    agent.doWork();

    capture.snapshotIsBusy = false;
    agent.doWork();
    assertThat(capture.snapshots).isZero();

    capture.bootNanos += Healing.WAIT_MIN.toNanos();
    agent.doWork();
    assertThat(capture.snapshots).isEqualTo(1);
  }

  @Test
  void refusedEventIsHealedToo() {
    capture.write(0, 7);
    agent.doWork();

    publisher.refuse(0);
    agent.doWork();

    assertThat(capture.snapshots).isEqualTo(1);
  }

  @Test
  void stoppedAgentTakesNoSnapshot() {
    capture.lostBeforeNext = Optional.of(lost(0, 1, 4));
    agent.stop("stopped");

    agent.doWork();

    assertThat(capture.snapshots).isZero();
  }

  @Test
  void releaseIncludesTheAgentsOwnNumbersUpToThere() {
    agent.start("1", 99);
    capture.write(0, 1);
    agent.doWork();

    publisher.acknowledge(0, 1, 2);
    agent.doWork();

    assertThat(capture.released.progress()).containsExactly(new Progress(-1, 2, 0));
  }

  @Test
  void whatAKilledAgentTookIsDeclaredLostFirst() {
    Fact.EventsLost abandoned =
        new Fact.EventsLost(-1, 4, 6, List.of(), LossCause.AGENT_KILLED, 0, 5_000);
    capture.abandoned = Optional.of(abandoned);

    agent.start("0.1", 99);

    assertThat(publisher.facts())
        .startsWith(abandoned, new Fact.AgentStarted("0.1", 99, 1_000, "test", 4096));
  }

  @Test
  void whoStartsSaysAtOnceWhatItIs() {
    agent.start("0.1", 99);

    assertThat(publisher.facts()).hasSize(2);
    assertThat(((Fact.Heartbeat) publisher.fact(1)).report()).contains(REPORT);
  }

  @Test
  void recordsDeliveredByAnEarlierAgentAreReleasedWithoutBeingPublished() {
    capture.write(0, 1);
    capture.write(0, 2);
    capture.passedOver = 2;

    agent.doWork();

    assertThat(publisher.published).isEmpty();
    assertThat(capture.released.position()).isEqualTo(2);
  }

  @Test
  void heartbeatSaysHowFarEachCpuIsSettled() {
    capture.settled =
        List.of(
            new Progress(-2, 85, 0),
            new Progress(-1, 3, 1),
            new Progress(0, 100, 10),
            new Progress(1, 0, 0));
    capture.bootNanos += HEARTBEAT.toNanos();

    agent.doWork();
    agent.doWork();

    assertThat(publisher.facts())
        .containsExactly(
            new Fact.Heartbeat(
                List.of(new Watermark(-2, 85), new Watermark(-1, 3), new Watermark(0, 100)),
                177,
                11,
                new Fact.Shortfalls(List.of(), OptionalLong.of(0), 0, 0, 0),
                Fact.Canary.NONE,
                0,
                Optional.of(REPORT)));
  }

  @Test
  void heartbeatSaysWhatWentWrong() {
    capture.troubles = new Troubles(List.of(new LostOfKind("exec", 2)), Optional.empty(), 3, 4);
    capture.write(0, 7);
    agent.doWork();
    publisher.refuse(0);
    agent.doWork();
    capture.bootNanos += HEARTBEAT.toNanos();

    agent.doWork();

    assertThat(((Fact.Heartbeat) publisher.fact(2)).shortfalls())
        .isEqualTo(
            new Fact.Shortfalls(List.of(new LostOfKind("exec", 2)), OptionalLong.empty(), 3, 4, 1));
  }

  @Test
  void whatTheKernelMissedIsALossWithoutNumbersAndIsHealed() {
    agent.doWork();
    capture.bootNanos += Duration.ofSeconds(1).toNanos();
    capture.troubles = missed(2);
    agent.doWork();
    agent.doWork();

    long second = Duration.ofSeconds(1).toNanos();
    assertThat(publisher.facts())
        .containsExactly(
            Fact.EventsLost.unnumbered(List.of(new LostOfKind("fork", 2)), 5_000, 5_000 + second));
    assertThat(capture.snapshots).isEqualTo(1);

    capture.bootNanos += second;
    capture.troubles = missed(5);
    agent.doWork();
    assertThat(((Fact.EventsLost) publisher.fact(1)).kinds())
        .containsExactly(new LostOfKind("fork", 3));
  }

  private static Troubles missed(long forks) {
    return new Troubles(List.of(), Optional.of(List.of(new LostOfKind("fork", forks))), 0, 0);
  }

  @Test
  void whatWasMissedBeforeThisAgentIsToldSinceTheCaptureWasArmed() {
    capture.troubles = missed(2);

    agent.doWork();

    assertThat(publisher.facts())
        .containsExactly(
            Fact.EventsLost.unnumbered(
                List.of(new LostOfKind("fork", 2)), FakeCapture.META.armedNanos(), 5_000));
  }

  @Test
  void refusedEventBecomesALossThatSettlesIt() {
    capture.write(0, 7);
    agent.doWork();

    publisher.refuse(0);
    agent.doWork();
    assertThat(publisher.fact(1))
        .isEqualTo(
            new Fact.EventsLost(
                0, 7, 7, List.of(new LostOfKind("exit", 1)), LossCause.UNKNOWN, 70, 70));
    assertThat(capture.released.position()).isZero();

    publisher.acknowledge(1);
    agent.doWork();
    assertThat(capture.released.position()).isEqualTo(1);
    assertThat(agent.isSettled()).isTrue();
  }

  @Test
  void manyRefusedEventsAllBecomeLosses() {
    for (int sequence = 1; sequence <= 500; sequence++) {
      capture.write(0, sequence);
    }
    int next = 0;
    for (int turn = 0; turn < 2_000 && capture.released.position() < 500; turn++) {
      agent.doWork();
      for (; next < publisher.published.size(); next++) {
        if (publisher.fact(next) instanceof Fact.EventsLost) {
          publisher.acknowledge(next);
        } else {
          publisher.refuse(next);
        }
      }
    }

    assertThat(publisher.facts().stream().filter(Fact.EventsLost.class::isInstance)).hasSize(500);
    assertThat(capture.released.position()).isEqualTo(500);
  }

  @Test
  void lossThatCannotBePublishedEndsTheAgent() {
    capture.lostBeforeNext = Optional.of(lost(0, 1, 4));
    capture.write(0, 5);
    agent.doWork();

    publisher.refuse(0);

    assertThatThrownBy(agent::doWork).hasMessageContaining("can't say that events are lost");
  }

  @Test
  void stoppedAgentSaysSoAndReadsNoMore() {
    agent.stop("stopped");
    capture.write(0, 1);
    agent.doWork();
    assertThat(publisher.facts()).containsExactly(new Fact.AgentStopping("stopped"));
    assertThat(agent.isSettled()).isFalse();

    publisher.acknowledge(0);
    agent.doWork();
    assertThat(agent.isSettled()).isTrue();
  }

  @Test
  void drainedMeansEverythingWrittenBeforeIsAcknowledged() {
    capture.write(0, 1);
    CompletableFuture<Void> drained = agent.drained();
    agent.doWork();
    capture.write(0, 2);
    agent.doWork();
    assertThat(drained).isNotDone();

    publisher.acknowledge(0, 1);
    agent.doWork();
    assertThat(drained).isCompleted();
  }

  @Test
  void drainedLooksForLossesAtTheEnd() {
    capture.loseAtTheEnd(lost(1, 8, 9));
    CompletableFuture<Void> drained = agent.drained();

    agent.doWork();
    agent.doWork();
    assertThat(publisher.facts()).containsExactly(lost(1, 8, 9));
    assertThat(drained).isNotDone();

    publisher.acknowledge(0);
    agent.doWork();
    assertThat(drained).isCompleted();
  }

  @Test
  void whoWaitsIsToldThatTheAgentEnded() {
    CompletableFuture<Void> drained = agent.drained();

    agent.end();

    assertThat(drained).isCancelled();
    assertThat(agent.drained()).isCancelled();
  }

  @Test
  void eventsOfEveryKindAreNamed() {
    capture.write(new KernelEvent(-2, 1, 1, new Fact.SnapshotStarted()));
    agent.doWork();
    publisher.refuse(0);
    agent.doWork();

    assertThat(((Fact.EventsLost) publisher.fact(1)).kinds())
        .containsExactly(new LostOfKind("snapshot_started", 1));
  }
}
