package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Acknowledgements;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What was given to Kafka, and what Kafka says of it: answers come in any order from any thread,
/// and are taken in the order in which the events were given, by the one thread that gives them.
///
/// @param <T> what is remembered of an event
final class Exchange<T> implements Acknowledgements {

  private final Queue<Answer> arriving = new ConcurrentLinkedQueue<>();
  private final Queue<Answer> arrived =
      new PriorityQueue<>(Comparator.comparingLong(Answer::token));
  private final Deque<Given<T>> given = new ArrayDeque<>();
  private long nextToken;

  private record Given<T>(long token, long nanos, T what) {}

  private record Answer(long token, Optional<String> refusal) {}

  /// An event, and why it can never be published where that is so.
  record Answered<T>(T what, Optional<String> refusal) {}

  /// Remembers an event that is about to be given.
  ///
  /// @return its token
  long open(T what, long nanos) {
    given.add(new Given<>(nextToken, nanos, what));
    return nextToken++;
  }

  int size() {
    return given.size();
  }

  /// For how long the first that is not answered waits; 0 when nothing does.
  long waitsNanos(long now) {
    return given.isEmpty() ? 0 : now - given.getFirst().nanos();
  }

  /// The next answer, in order; empty while the first event has none.
  Optional<Answered<T>> take() {
    for (Answer each = arriving.poll(); each != null; each = arriving.poll()) {
      arrived.add(each);
    }
    dropOfOld();
    if (given.isEmpty() || arrived.isEmpty() || arrived.peek().token() != given.peek().token()) {
      return Optional.empty();
    }
    return Optional.of(new Answered<>(given.remove().what(), arrived.remove().refusal()));
  }

  /// An answer may be on its way when what it is about is forgotten.
  private void dropOfOld() {
    long oldest = given.isEmpty() ? nextToken : given.peek().token();
    while (!arrived.isEmpty() && arrived.peek().token() < oldest) {
      arrived.remove();
    }
  }

  /// Waits for no answer any more.
  void forget() {
    given.clear();
  }

  @Override
  public void acknowledged(long token) {
    arriving.add(new Answer(token, Optional.empty()));
  }

  @Override
  public void refused(long token, String reason) {
    arriving.add(new Answer(token, Optional.of(reason)));
  }
}
