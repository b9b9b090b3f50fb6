package io.tasktrail.agent;

import static io.tasktrail.agent.publish.SpoolFigures.State.PASSING;

import io.tasktrail.agent.AckWindow.Refusal;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.ring.Checkpoint;
import io.tasktrail.event.Action;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is on its way: the publisher, and the window of what it has not acknowledged.
///
/// An event that can never be published is replaced by a loss that names it, and is settled with
/// it: no number goes by in silence.
final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Publisher publisher;
  private final AckWindow window;
  private final Stamp stamp;
  private long refused;

  Outbox(Publisher publisher, AckWindow window, Stamp stamp) {
    this.publisher = publisher;
    this.window = window;
    this.stamp = stamp;
  }

  /// How many more events it takes now.
  int room() {
    return publisher.hasRoom() ? window.room() : 0;
  }

  /// Whether everything is acknowledged.
  boolean isEmpty() {
    return window.size() == 0;
  }

  /// Whether everything is acknowledged, what is on the disk by Kafka, too.
  boolean isAtRest() {
    return isEmpty() && publisher.spool().map(Outbox::isAtRest).orElse(true);
  }

  private static boolean isAtRest(SpoolFigures spool) {
    return spool.state() == PASSING && spool.events() == 0;
  }

  /// Events so far that could not be published, each with a loss in its place.
  long refused() {
    return refused;
  }

  /// Sends an event.
  ///
  /// @return what [#isSafe] knows it by
  long publish(TaskEvent event) {
    long token = window.open(InFlight.of(event));
    publisher.publish(event, token);
    return token;
  }

  /// Whether an event is acknowledged.
  boolean isSafe(long token) {
    return window.isSettled(token);
  }

  /// Notes what may be released once everything published so far is acknowledged.
  void reached(Checkpoint checkpoint) {
    window.reached(checkpoint);
  }

  /// Lets the publisher work, and learns what became of what it has.
  ///
  /// @return what may be released
  Optional<Checkpoint> doWork() {
    publisher.doWork();
    while (window.room() > 0 && replaceRefused()) {}
    return window.takeSettled();
  }

  private boolean replaceRefused() {
    Optional<Refusal> next = window.takeRefused();
    next.ifPresent(this::publishInPlaceOf);
    return next.isPresent();
  }

  private void publishInPlaceOf(Refusal refusal) {
    InFlight lost = window.at(refusal.token());
    LOG.warn("can't publish event {}: {}", lost.header().eventId(), refusal.reason());
    if (lost.action().equals(Action.EVENTS_LOST)) {
      throw new IllegalStateException("can't say that events are lost: " + refusal.reason());
    }
    refused++;
    Fact.EventsLost loss = lost.asLost();
    TaskEvent event = stamp.own(loss);
    publisher.publish(event, window.openInPlaceOf(refusal.token(), InFlight.of(event)));
  }
}
