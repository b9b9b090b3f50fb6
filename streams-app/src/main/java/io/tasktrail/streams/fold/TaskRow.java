package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskHistory;

/// A task in the state, and what the table of tasks was told of it.
///
/// @param listed whether the table has a row of it, so that it needs a tombstone in the end
/// @param told whether that row is the latest
record TaskRow(TaskHistory task, boolean listed, boolean told) {

  /// A task that changed.
  ///
  /// @param before the same task before; null if there was none
  static TaskRow changed(TaskHistory task, TaskRow before) {
    return new TaskRow(task, before != null && before.listed, false);
  }

  TaskRow asTold() {
    return new TaskRow(task, true, true);
  }
}
