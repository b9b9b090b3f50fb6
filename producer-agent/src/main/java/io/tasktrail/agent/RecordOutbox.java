package io.tasktrail.agent;

import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.ring.Checkpoint;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events of records on their way. What one chunk of input made waits here until the
/// publisher has room; no more is read meanwhile, so a chunk and what was held bound it.
final class RecordOutbox {

  private static final Logger LOG = LoggerFactory.getLogger(RecordOutbox.class);

  private final Publisher publisher;
  private final AckWindow window;
  private final RecordNumbering numbering;
  private final Queue<TaskEvent> waiting = new ArrayDeque<>();
  private Optional<Checkpoint> settled = Optional.empty();
  private long made;
  private long refused;

  RecordOutbox(Publisher publisher, AckWindow window, RecordNumbering numbering) {
    this.publisher = publisher;
    this.window = window;
    this.numbering = numbering;
  }

  /// An event that records made.
  void add(TaskEvent event) {
    waiting.add(event);
    made++;
  }

  /// What the agent says itself.
  void say(TaskEvent own) {
    waiting.add(own);
  }

  /// Events that records made so far.
  long made() {
    return made;
  }

  /// Events so far that could not be published, each with a loss in its place.
  long refused() {
    return refused;
  }

  /// Events that wait to be published.
  int waiting() {
    return waiting.size();
  }

  /// Whether nothing waits to be published.
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Whether everything is acknowledged.
  boolean isSettled() {
    return unsettled() == 0;
  }

  int unsettled() {
    return waiting.size() + window.size();
  }

  /// Nothing waits: notes what is settled once everything published so far is acknowledged.
  void reached(Checkpoint checkpoint) {
    if (window.size() == 0) {
      settled = Optional.of(checkpoint);
    } else {
      window.reached(checkpoint);
    }
  }

  /// The last that was reached and is settled.
  Optional<Checkpoint> settled() {
    return settled;
  }

  private void takeSettled() {
    settled = window.takeSettled().or(() -> settled);
  }

  /// Publishes what there is room for, and learns what became of what was.
  void doWork() {
    takeSettled();
    while (!waiting.isEmpty() && window.room() > 1 && publisher.hasRoom()) {
      TaskEvent event = waiting.remove();
      if (event.header().cpu() != Header.AGENT_CPU) {
        numbering.follow(event.header());
      }
      publisher.publish(event, window.open(InFlight.of(event)));
    }
    publisher.doWork();
    replaceRefused();
    takeSettled();
  }

  /// What can never be published is replaced by a loss that names it.
  private void replaceRefused() {
    while (window.room() > 0) {
      Optional<AckWindow.Refusal> next = window.takeRefused();
      if (next.isEmpty()) {
        return;
      }
      replace(next.get());
    }
  }

  private void replace(AckWindow.Refusal refusal) {
    InFlight lost = window.at(refusal.token());
    LOG.warn("can't publish event {}: {}", lost.header().eventId(), refusal.reason());
    refused++;
    TaskEvent loss = numbering.own(lost.header(), lost.asLost());
    publisher.publish(loss, window.openInPlaceOf(refusal.token(), InFlight.of(loss)));
  }
}
