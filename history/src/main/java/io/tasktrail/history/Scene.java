package io.tasktrail.history;

import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.util.Optional;

/// What one event finds: the state of its host and boot.
///
/// @param repaired takes down the tasks whose history the event repairs
record Scene(HostState host, BootState state, TaskEvent event, Repaired repaired) {

  Header header() {
    return event.header();
  }

  /// The same, for an event that was told before.
  Scene of(TaskEvent earlier) {
    return new Scene(host, state, earlier, repaired);
  }

  /// Remembers a task, if that changes anything and there is room.
  ///
  /// @param known what was remembered of it
  void keep(Optional<TaskHistory> known, TaskHistory task, FoldLimits limits) {
    if (known.isPresent() && known.get().equals(task)) {
      return;
    }
    if (known.isEmpty()) {
      keep(task, limits);
    } else {
      state.put(task);
      repaired.note(known.get(), task);
    }
  }

  private void keep(TaskHistory news, FoldLimits limits) {
    if (state.size() < limits.get(Bound.TASKS)) {
      state.born(news);
    } else {
      state.put(state.ledger().bitten(Bound.TASKS));
    }
  }

  /// Whether something may still come that happened before.
  boolean isUnsettled() {
    return state.ledger().unsettled(header().bootNanos());
  }
}
