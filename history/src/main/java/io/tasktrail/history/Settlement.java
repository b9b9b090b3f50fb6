package io.tasktrail.history;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Doubt.Reason;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.Optional;
import java.util.OptionalLong;

/// Brings what is known of an actor up to what its event says: the exec count above all, which
/// proves its history, or shows by how much it is not whole.
final class Settlement {

  private final Header header;
  private final Chains chains;
  private final Presumption presumption;
  private final Attribution attribution;

  Settlement(Header header, Chains chains, Presumption presumption, Attribution attribution) {
    this.header = header;
    this.chains = chains;
    this.presumption = presumption;
    this.attribution = attribution;
  }

  /// The actor, with a history that reaches the exec count.
  ///
  /// @param known what is remembered of it
  /// @param parent its real parent, where the event says so
  TaskHistory of(
      Optional<TaskHistory> known, Actor actor, Optional<TaskKey> parent, long execCount) {
    TaskHistory settled =
        known
            .map(task -> heard(task, actor, parent, execCount))
            .orElseGet(() -> inferred(actor, parent, execCount));
    return of(settled);
  }

  /// The task, with what can be presumed and what losses can be named.
  TaskHistory of(TaskHistory task) {
    return attribution.of(presumption.of(task));
  }

  /// The exec count of an actor. Never negative, whatever is said.
  static long execCount(Actor actor) {
    return Math.max(0, actor.execCount());
  }

  /// Execs that it lacks were lost, or happened between two captures, which nobody can tell apart.
  private TaskHistory heard(
      TaskHistory known, Actor actor, Optional<TaskKey> parent, long execCount) {
    if (execCount < known.history().execCount()) {
      return known;
    }
    return new TaskHistory(
        known.id(),
        parent.orElse(known.parent()),
        known.origin(),
        actor.comm(),
        chains.reaching(known.history(), execCount, Reason.LOST),
        known.exitedNanos());
  }

  /// A task that nothing told of before. Without execs there is nothing to be unsure of.
  private TaskHistory inferred(Actor actor, Optional<TaskKey> parent, long execCount) {
    return new TaskHistory(
        header.taskId(actor.task()),
        parent.orElse(TaskKey.ROOT),
        TaskOrigin.INFERRED,
        actor.comm(),
        chains.reaching(History.ROOT, execCount, Reason.CREATOR_UNKNOWN),
        OptionalLong.empty());
  }
}
