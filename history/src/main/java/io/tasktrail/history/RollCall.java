package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Header;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.Ledger.Sweep;
import java.util.List;
import java.util.Optional;

/// After a snapshot that arrived whole: a task that was known before and that it did not find has
/// vanished. Called when the first event from after the snapshot arrives, since the ring may hold
/// ends from before it that were not read yet.
final class RollCall {

  private final Presumption presumption;
  private final Chains chains;

  RollCall(Presumption presumption, Chains chains) {
    this.presumption = presumption;
    this.chains = chains;
  }

  /// Tells who vanished, on the occasion of an event.
  ///
  /// @param told is what it is added to
  void tell(BootState state, TaskEvent event, List<AuditEvent> told) {
    Optional<Sweep> sweep = state.ledger().sweep();
    if (sweep.isEmpty() || !comesAfter(sweep.get(), event.header())) {
      return;
    }
    state.put(state.ledger().with(Optional.empty()));
    for (TaskHistory task : state.tasks()) {
      if (vanished(task, sweep.get(), event.header())) {
        told.add(
            AuditEvent.of(
                event,
                Notice.ofTask(Notice.Kind.TASK_VANISHED),
                Kin.audited(state, task, task.history().execCount(), chains)));
        state.forget(task.key());
      } else {
        presume(state, task);
      }
    }
  }

  /// All numbers of the kernel are in the order of one ring.
  private static boolean comesAfter(Sweep sweep, Header header) {
    return header.cpu() >= 0 && header.bootNanos() > sweep.finishedNanos();
  }

  private static boolean vanished(TaskHistory task, Sweep sweep, Header header) {
    boolean before = task.key().startNanos() < sweep.startedNanos();
    boolean absurd = task.key().startNanos() > header.bootNanos();
    boolean seen = task.seenNanos().orElse(-1) >= sweep.startedNanos();
    return (before || absurd)
        && !seen
        && task.exitedNanos().isEmpty()
        && task.key().pid() != TaskKey.ROOT.pid();
  }

  private void presume(BootState state, TaskHistory task) {
    TaskHistory presumed = presumption.of(state, task);
    if (!presumed.equals(task)) {
      state.put(presumed);
    }
  }
}
