package io.tasktrail.history;

import io.tasktrail.event.Doubt;
import io.tasktrail.event.History;
import io.tasktrail.event.TaskHistory;
import java.util.ArrayList;
import java.util.List;

/// The tasks whose history became more certain by one event.
final class Repaired {

  private final List<TaskHistory> tasks = new ArrayList<>(0);

  /// Takes down a task if less of what was known of it is doubtful now.
  void note(TaskHistory before, TaskHistory after) {
    if (improves(before, after)) {
      tasks.add(after);
    }
  }

  /// Whether less of what was known of a task is doubtful now.
  static boolean improves(TaskHistory before, TaskHistory after) {
    long execCount = before.history().execCount();
    return !before.history().doubts().isEmpty()
        && doubtful(after.history(), execCount) < doubtful(before.history(), execCount);
  }

  List<TaskHistory> tasks() {
    return tasks;
  }

  /// How many of the first ordinals of a history are doubtful.
  static long doubtful(History history, long execCount) {
    long doubtful = 0;
    for (Doubt doubt : history.doubts()) {
      doubtful += Math.max(0, Math.min(doubt.last(), execCount) - doubt.first() + 1);
    }
    return doubtful;
  }
}
