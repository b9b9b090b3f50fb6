package io.tasktrail.history;

import io.tasktrail.event.History;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;

/// Lends a task whose fork was never read what it likely inherited: links of its real parent, as
/// presumed ones. What is presumed stays doubtful.
///
/// Tried whenever the task acts and links are missing, since a snapshot may speak of a task
/// before it speaks of its parent.
final class Presumption {

  private final HostState state;
  private final Chains chains;
  private final int ancestors;

  /// @param ancestors how far up it is looked for; this also ends a walk around a cycle
  Presumption(HostState state, Chains chains, int ancestors) {
    this.state = state;
    this.chains = chains;
    this.ancestors = ancestors;
  }

  TaskHistory of(TaskHistory task) {
    return lacksAncestors(task) ? of(task, ancestors) : task;
  }

  private TaskHistory of(TaskHistory task, int generations) {
    if (generations == 0 || task.parent().equals(TaskKey.ROOT) || !lacksAncestors(task)) {
      return task;
    }
    return state
        .task(task.parent())
        .map(parent -> of(parent, generations - 1))
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
