package io.tasktrail.history;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A queue within the state, first in, first out. What is in it is found by its serial number, so
/// that a key-value store can hold it.
///
/// @param <T> what waits in it
public interface Lineup<T> {

  /// Its ends; [Queue#EMPTY] at first.
  Queue ends();

  /// Remembers its ends.
  void put(Queue ends);

  /// What has a serial number.
  Optional<T> at(long serial);

  /// Remembers something under a serial number.
  void put(long serial, T waiting);

  /// Forgets what has a serial number.
  void forget(long serial);

  /// Adds one at the end.
  default void add(T waiting) {
    Queue ends = ends();
    put(ends.next(), waiting);
    put(ends.withOneMore());
  }

  /// Lets go of those at the front.
  ///
  /// @param most how many at most
  /// @param due whether it is time for one: if not, all behind it wait too
  /// @param leaving is told of each before it is forgotten
  default void release(int most, Predicate<T> due, Consumer<T> leaving) {
    for (int i = 0; i < most && ends().size() > 0; i++) {
      Queue ends = ends();
      Optional<T> first = at(ends.first());
      if (first.isPresent() && !due.test(first.get())) {
        return;
      }
      first.ifPresent(leaving);
      forget(ends.first());
      put(ends.withoutFirst());
    }
  }

  /// Forgets all.
  default void clear() {
    for (long serial = ends().first(); serial < ends().next(); serial++) {
      forget(serial);
    }
    put(Queue.EMPTY);
  }
}
