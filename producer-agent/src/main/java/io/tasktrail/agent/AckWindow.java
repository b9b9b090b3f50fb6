package io.tasktrail.agent;

import io.tasktrail.agent.publish.Acknowledgements;
import io.tasktrail.agent.ring.Checkpoint;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// What was given to the publisher and is not settled yet, in the order in which it was given.
/// Acknowledgements come in any order; checkpoints are settled in order.
///
///     open ──▶ OPEN ──acknowledged──────────────▶ SETTLED ──takeSettled──▶ (free)
///               └─refused─▶ (until the loss that stands for it is acknowledged)
///
/// One thread opens and takes; any thread acknowledges and refuses.
final class AckWindow implements Acknowledgements {

  private static final long SETTLED = -1;
  private static final long OPEN = -2;

  private final InFlight[] inFlight;

  /// Of each slot: SETTLED, OPEN, or the token of the refused event that this one stands for.
  private final AtomicLongArray states;

  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicLong safe = new AtomicLong();
  private final AtomicLong replaced = new AtomicLong();
  private long head;
  private long tail;

  /// An event that can never be published.
  record Refusal(long token, String reason) {}

  /// @param capacity bound of what is open at once
  AckWindow(int capacity) {
    inFlight = new InFlight[capacity];
    states = new AtomicLongArray(capacity);
  }

  /// How many more may be opened.
  int room() {
    return inFlight.length - size();
  }

  /// How many are not settled.
  int size() {
    return (int) (tail - head);
  }

  /// Opens a slot for an event that is about to be published.
  ///
  /// @return its token
  long open(InFlight event) {
    return open(event, OPEN);
  }

  /// Opens a slot for an event that says that the refused one is lost: once it is acknowledged,
  /// both are settled.
  long openInPlaceOf(long refused, InFlight event) {
    return open(event, refused);
  }

  private long open(InFlight event, long state) {
    if (room() == 0) {
      throw new IllegalStateException("more than " + inFlight.length + " events in flight");
    }
    long token = tail++;
    inFlight[slot(token)] = event;
    states.set(slot(token), state);
    return token;
  }

  /// Notes what may be released once everything opened so far is settled. There is something.
  void reached(Checkpoint checkpoint) {
    int last = slot(tail - 1);
    inFlight[last] = inFlight[last].reaching(checkpoint);
  }

  @Override
  public void acknowledged(long token) {
    safe.incrementAndGet();
    long standsFor = states.getAndSet(slot(token), SETTLED);
    if (standsFor >= 0) {
      replaced.incrementAndGet();
      states.set(slot(standsFor), SETTLED);
    }
  }

  /// What became of all that was ever opened.
  ///
  /// @param open not settled
  /// @param safe acknowledged
  /// @param replaced refused, and the loss that stands for each acknowledged
  record Count(long open, long safe, long replaced) {}

  /// As of now.
  Count count() {
    long nowReplaced = replaced.get();
    long nowSafe = safe.get();
    return new Count(tail - nowSafe - nowReplaced, nowSafe, nowReplaced);
  }

  /// Whether what was opened under a token is settled.
  boolean isSettled(long token) {
    return token < head || states.get(slot(token)) == SETTLED;
  }

  @Override
  public void refused(long token, String reason) {
    refusals.add(new Refusal(token, reason));
  }

  /// The next refused event, if there is one; [#openInPlaceOf] settles it.
  Optional<Refusal> takeRefused() {
    return Optional.ofNullable(refusals.poll());
  }

  /// What was opened under a token that is not settled.
  InFlight at(long token) {
    return inFlight[slot(token)];
  }

  /// Frees what is settled, up to the first that is not.
  ///
  /// @return the last checkpoint among it
  Optional<Checkpoint> takeSettled() {
    Optional<Checkpoint> last = Optional.empty();
    while (head < tail && states.get(slot(head)) == SETTLED) {
      Optional<Checkpoint> reached = inFlight[slot(head)].reached();
      last = reached.isPresent() ? reached : last;
      head++;
    }
    return last;
  }

  private int slot(long token) {
    return (int) (token % inFlight.length);
  }
}
