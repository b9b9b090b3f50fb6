package io.tasktrail.history;

import io.tasktrail.event.History;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;

/// Lends a task whose fork was never read what it likely inherited: links of its real parent, as
/// presumed ones. What is presumed stays doubtful.
///
/// Tried while something may still come late, since a snapshot may speak of a task before it speaks
/// of its parent, and once more when the snapshot is done ([RollCall]).
final class Presumption {

  private final Chains chains;
  private final FoldLimits limits;

  Presumption(Chains chains, FoldLimits limits) {
    this.chains = chains;
    this.limits = limits;
  }

  /// The task, with what it likely inherited.
  TaskHistory of(BootState state, TaskHistory task) {
    return lacksAncestors(task) ? of(state, task, limits.get(Bound.ANCESTORS)) : task;
  }

  /// The bound also ends a walk around a cycle.
  private TaskHistory of(BootState state, TaskHistory task, long generations) {
    if (generations == 0 || task.parent().equals(TaskKey.ROOT) || !lacksAncestors(task)) {
      return task;
    }
    return state
        .task(task.parent())
        .map(parent -> of(state, parent, generations - 1))
        .map(parent -> heirOf(parent.history(), task))
        .orElse(task);
  }

  private TaskHistory heirOf(History parent, TaskHistory task) {
    return task.with(chains.presuming(task.history(), parent, task.key().startNanos()));
  }

  private static boolean lacksAncestors(TaskHistory task) {
    return task.origin() != TaskOrigin.OBSERVED && task.history().missingLinks() > 0;
  }
}
