package io.tasktrail.streams.fold;

import java.util.ArrayList;
import java.util.List;

/// What the event at hand changes in the state: kept apart until it is done, so that an event that
/// the fold can't take leaves no trace. And what the events before it changed since it was last
/// written to the stores: what comes and goes in between is never written.
final class Changes {

  private final List<Cell<?>> changed = new ArrayList<>();
  private final List<Cell<?>> unwritten = new ArrayList<>();

  void add(Cell<?> cell) {
    changed.add(cell);
  }

  /// Keeps all that the event at hand changed.
  void settle() {
    for (Cell<?> cell : changed) {
      if (cell.settle()) {
        unwritten.add(cell);
      }
    }
    changed.clear();
  }

  /// Forgets all that the event at hand changed.
  void drop() {
    changed.forEach(Cell::drop);
    changed.clear();
  }

  /// Whether there is something to write.
  boolean areUnwritten() {
    return !unwritten.isEmpty();
  }

  /// Writes to the stores what is settled, in the order in which it was first changed.
  void write() {
    unwritten.forEach(Cell::write);
    unwritten.clear();
  }
}
