package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.modules.ModuleViews;
import io.tasktrail.agent.modules.ModuleWatch;
import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.HostId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

  private static final Identity IDENTITY =
      new Identity(new HostId(new UUID(1, 1)), "web-7", new BootId(new UUID(2, 2)));
  private static final CaptureId NEXT_ID = new CaptureId(new UUID(8, 8));

  private final FakeCapture old = new FakeCapture();
  private final FakeCapture next = FakeCapture.of(NEXT_ID);
  private final AckWindow window = new AckWindow(16 + Agent.reserveFor(FakeCapture.META));
  private final FakePublisher publisher = new FakePublisher(window);
  private final Whereabouts whereabouts = new Whereabouts(_ -> "");
  private final Relay relay =
      new Relay(
          IDENTITY,
          old,
          window,
          publisher,
          new Canary(new FakeNest(), Duration.ZERO, 0),
          new ModuleWatch(Path.of("/"), ModuleViews.NONE),
          whereabouts,
          List.of(),
          Duration.ofSeconds(10));

  @BeforeEach
  void start() {
    old.next = Optional.of(next);
    relay.start();
  }

  @AfterEach
  void whateverATestDidEachEventIsSomewhereOnce() {
    whereabouts.close();
    Balance balance = relay.sighting(Map.of(), Filter.Tally.NONE).balance();
    assertThat(balance.missing()).as("%s", balance).isZero();
  }

  private void acknowledgeAll() {
    publisher.acknowledgeFrom(0);
    relay.doWork();
  }

  @Test
  void nextIsReadOnceAllOfTheOldIsAcknowledged() {
    old.write(0, 1);
    next.write(0, 1);
    old.over = true;

    relay.doWork();
    relay.doWork();
    assertThat(publisher.facts())
        .hasSize(4)
        .element(3)
        .isEqualTo(new Fact.AgentStopping("replaced"));
    assertThat(old.closed).isFalse();

    acknowledgeAll();
    relay.doWork();
    assertThat(old.closed).isTrue();
    assertThat(old.released.position()).isEqualTo(1);
    assertThat(publisher.fact(4)).isInstanceOf(Fact.AgentStarted.class);
    assertThat(publisher.fact(5)).isInstanceOf(Fact.Heartbeat.class);
    assertThat(publisher.fact(6)).isEqualTo(Facts.exited());
  }

  @Test
  void eachCaptureHasItsOwnIdAndItsOwnNumbers() {
    old.over = true;
    relay.doWork();
    acknowledgeAll();

    assertThat(publisher.published)
        .extracting(each -> each.header().capture(), each -> each.header().sequence())
        .containsExactly(
            tuple(FakeCapture.META.capture(), 1L),
            tuple(FakeCapture.META.capture(), 2L),
            tuple(FakeCapture.META.capture(), 3L),
            tuple(NEXT_ID, 1L),
            tuple(NEXT_ID, 2L));
  }

  @Test
  void whatIsNotReadYetIsReadFirst() {
    for (int sequence = 1; sequence <= 100; sequence++) {
      old.write(0, sequence);
    }
    old.over = true;

    relay.doWork();

    assertThat(publisher.facts()).doesNotContain(new Fact.AgentStopping("replaced"));
    for (int turn = 0; turn < 100 && !old.closed; turn++) {
      acknowledgeAll();
    }
    assertThat(old.released.position()).isEqualTo(100);
  }

  @Test
  void whoWaitsForOneCaptureIsToldByTheNext() {
    CompletableFuture<Void> drained = relay.drained();
    old.over = true;
    relay.doWork();
    acknowledgeAll();
    assertThat(drained).isNotCancelled();

    relay.doWork();
    acknowledgeAll();
    relay.doWork();

    assertThat(drained).isCompleted();
  }

  @Test
  void whoIsStoppedWhileTheOldSettlesLeavesTheNextToOthers() {
    old.over = true;
    relay.doWork();

    relay.stop("stopped");
    publisher.acknowledgeFrom(0);

    assertThat(relay.settle()).isTrue();
    relay.close();
    assertThat(old.closed).isTrue();
    assertThat(next.closed).isFalse();
    assertThat(publisher.facts())
        .noneMatch(fact -> fact.equals(Facts.exited()))
        .filteredOn(Fact.AgentStarted.class::isInstance)
        .hasSize(1);
  }

  @Test
  void nextThatCannotBeReadEndsTheRelayWithTheOldAcknowledged() {
    old.write(0, 1);
    old.next = Optional.empty();
    old.over = true;
    relay.doWork();

    assertThatThrownBy(this::acknowledgeAll).isInstanceOf(NoSuchElementException.class);

    assertThat(old.released.position()).isEqualTo(1);
  }
}
