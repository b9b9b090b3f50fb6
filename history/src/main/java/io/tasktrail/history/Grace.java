package io.tasktrail.history;

import io.tasktrail.event.TaskKey;
import java.util.Optional;

/// Remembers ended tasks for a while, so that what comes late still finds its history. Time passes
/// with the host's own events: exits, and what the capture says of itself (an agent's heartbeats).
///
/// A task whose exit was lost is remembered for as long as its boot is.
final class Grace {

  private final FoldLimits limits;

  Grace(FoldLimits limits) {
    this.limits = limits;
  }

  /// A task ended: it will be forgotten.
  void begin(HostState state, TaskKey task, long bootNanos) {
    GraceQueue queue = state.graceQueue();
    state.put(queue.next(), new EndedTask(task, bootNanos));
    state.put(queue.withOneMore());
  }

  /// Forgets whom it is time to forget: a few at a time.
  void expire(HostState state, long nowNanos) {
    for (int i = 0; i < limits.expiriesPerEvent(); i++) {
      GraceQueue queue = state.graceQueue();
      Optional<EndedTask> first = state.ended(queue.first());
      if (first.isEmpty() || !due(state, queue, first.get(), nowNanos)) {
        return;
      }
      state.forget(first.get().task());
      state.forgetEnded(queue.first());
      state.put(queue.withoutFirst());
    }
  }

  private boolean due(HostState state, GraceQueue queue, EndedTask first, long nowNanos) {
    if (nowNanos - first.bootNanos() > limits.graceNanos()) {
      return true;
    }
    if (queue.size() <= limits.endedTasks()) {
      return false;
    }
    Ledger ledger = state.ledger();
    state.put(ledger.with(ledger.bites().endedTaskEarly()));
    return true;
  }
}
