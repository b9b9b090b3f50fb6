package io.tasktrail.streams.fold;

import java.util.ArrayList;
import java.util.List;

/// What the event at hand changes in the state: kept apart until it is done, so that an event that
/// the fold can't take leaves no trace.
final class Changes {

  private final List<Cell<?>> cells = new ArrayList<>();

  void add(Cell<?> cell) {
    cells.add(cell);
  }

  /// Stores all of it, in the order in which the event first touched it.
  void settle() {
    cells.forEach(Cell::settle);
    cells.clear();
  }

  /// Forgets all of it.
  void drop() {
    cells.forEach(Cell::drop);
    cells.clear();
  }
}
