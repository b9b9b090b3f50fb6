package io.tasktrail.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A queue on the heap.
final class InMemoryLineup<T> implements Lineup<T> {

  private final Map<Long, T> waiting = new HashMap<>();
  private Queue ends = Queue.EMPTY;

  @Override
  public Queue ends() {
    return ends;
  }

  @Override
  public void put(Queue changed) {
    ends = changed;
  }

  @Override
  public Optional<T> at(long serial) {
    return Optional.ofNullable(waiting.get(serial));
  }

  @Override
  public void put(long serial, T one) {
    waiting.put(serial, one);
  }

  @Override
  public void forget(long serial) {
    waiting.remove(serial);
  }
}
