package io.tasktrail.history;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Doubt.Reason;
import io.tasktrail.event.History;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.Optional;

/// Brings what is known of an actor up to what its event says: the exec count above all, which
/// proves its history, or shows by how much it is not whole.
final class Settlement {

  private final Chains chains;
  private final Presumption presumption;

  Settlement(Chains chains, Presumption presumption) {
    this.chains = chains;
    this.presumption = presumption;
  }

  /// The actor, with a history that reaches the exec count.
  ///
  /// @param known what is remembered of it
  /// @param parent its real parent, where the event says so
  TaskHistory of(
      Scene scene,
      Optional<TaskHistory> known,
      Actor actor,
      Optional<TaskKey> parent,
      long execCount) {
    TaskHistory task =
        known.isPresent()
            ? heard(known.get(), actor, parent, execCount)
            : inferred(scene, actor, parent, execCount);
    return task.history().doubts().isEmpty() ? task : of(scene, task, known.isEmpty());
  }

  /// The task, with what can be presumed and what losses can be named.
  ///
  /// @param news whether nothing was known of it before
  TaskHistory of(Scene scene, TaskHistory task, boolean news) {
    boolean presumes = news || scene.isUnsettled();
    return new Attribution(scene.state(), scene.header().bootNanos())
        .of(presumes ? presumption.of(scene.state(), task) : task);
  }

  /// The exec count of an actor. Never negative, whatever is said.
  static long execCount(Actor actor) {
    return Math.max(0, actor.execCount());
  }

  /// Execs that it lacks were lost, or happened between two captures, which nobody can tell apart.
  private TaskHistory heard(
      TaskHistory known, Actor actor, Optional<TaskKey> parent, long execCount) {
    return execCount < known.history().execCount()
        ? known
        : known.heard(
            actor.comm(), parent, chains.reaching(known.history(), execCount, Reason.LOST));
  }

  /// A task that nothing told of before. Without execs there is nothing to be unsure of.
  private TaskHistory inferred(Scene scene, Actor actor, Optional<TaskKey> parent, long execCount) {
    return TaskHistory.found(
        scene.header().taskId(actor.task()),
        parent.orElse(TaskKey.ROOT),
        TaskOrigin.INFERRED,
        actor.comm(),
        chains.reaching(History.ROOT, execCount, Reason.CREATOR_UNKNOWN));
  }
}
