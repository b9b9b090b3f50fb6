package io.tasktrail.agent;

import io.tasktrail.agent.publish.Acknowledgements;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A publisher whose acknowledgements a test gives. Tokens count from 0.
final class FakePublisher implements Publisher {

  private final Acknowledgements acknowledgements;
  final List<TaskEvent> published = new ArrayList<>();
  boolean hasRoom = true;
  Optional<SpoolFigures> spool = Optional.empty();

  FakePublisher(Acknowledgements acknowledgements) {
    this.acknowledgements = acknowledgements;
  }

  /// Of a spool in some state, of events that an earlier agent left.
  static SpoolFigures figures(SpoolFigures.State state, long events) {
    return new SpoolFigures(state, events, 0, 1, events, 0, 0, 0, 0, Map.of(), 0, 0, 0);
  }

  @Override
  public Optional<SpoolFigures> spool() {
    return spool;
  }

  @Override
  public boolean hasRoom() {
    return hasRoom;
  }

  @Override
  public void publish(TaskEvent event, long token) {
    if (token != published.size()) {
      throw new IllegalStateException("token " + token + " after " + published.size());
    }
    published.add(event);
  }

  void acknowledge(long... tokens) {
    for (long token : tokens) {
      acknowledgements.acknowledged(token);
    }
  }

  /// All from a token on.
  void acknowledgeFrom(long token) {
    for (long each = token; each < published.size(); each++) {
      acknowledge(each);
    }
  }

  void refuse(long token) {
    acknowledgements.refused(token, "too large");
  }

  List<Fact> facts() {
    return published.stream().map(TaskEvent::fact).toList();
  }

  Fact fact(int token) {
    return published.get(token).fact();
  }

  @Override
  public int doWork() {
    return 0;
  }

  @Override
  public void close() {}
}
