package io.tasktrail.history;

import io.tasktrail.event.TaskHistory;
import java.util.Optional;

/// The end of a task in the state. While something may still come late (numbers are missing, a
/// snapshot is under way), an ended task is remembered for a while, so that what comes late finds
/// its history; else it is forgotten at once, for nothing can speak of it any more. Time passes
/// with the host's own events.
final class Grace {

  private final FoldLimits limits;

  Grace(FoldLimits limits) {
    this.limits = limits;
  }

  /// A task ended that had not ended before.
  ///
  /// @param known what was remembered of it
  void end(Scene scene, Optional<TaskHistory> known, TaskHistory task) {
    BootState state = scene.state();
    long bootNanos = scene.header().bootNanos();
    if (!state.ledger().unsettled(bootNanos)) {
      state.forget(task.key());
      return;
    }
    scene.keep(known, task.endedAt(bootNanos), limits);
    state.endedTasks().add(new EndedTask(task.key(), bootNanos));
  }

  /// Forgets whom it is time to forget: a few at a time.
  void expire(BootState state, long nowNanos) {
    state
        .endedTasks()
        .release(
            limits.count(Bound.EXPIRIES),
            ended -> due(state, ended, nowNanos),
            ended -> state.forget(ended.task()));
  }

  private boolean due(BootState state, EndedTask first, long nowNanos) {
    if (nowNanos - first.bootNanos() > limits.get(Bound.GRACE)) {
      return true;
    }
    if (state.endedTasks().ends().size() <= limits.get(Bound.ENDED_TASKS)) {
      return false;
    }
    state.put(state.ledger().bitten(Bound.ENDED_TASKS));
    return true;
  }
}
