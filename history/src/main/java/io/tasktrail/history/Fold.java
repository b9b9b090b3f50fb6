package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.List;
import java.util.Optional;

/// The fold: `(state of a host and boot, event) → (state, what to emit)`.
///
/// Every event is emitted once, with the history of its task as it was then; a duplicate changes
/// and emits nothing. Deterministic: the output depends on the events alone. Has no state of its
/// own, so that one fold serves any number of hosts and threads.
public final class Fold {

  private final FoldLimits limits;
  private final Intake intake;
  private final Chains chains;
  private final Grace grace;

  /// A fold with these bounds.
  public Fold(FoldLimits limits) {
    this.limits = limits;
    intake = new Intake(limits);
    chains = new Chains(limits);
    grace = new Grace(limits);
  }

  /// What to emit for an event.
  ///
  /// @param state of the host and boot that the event comes from
  public List<AuditEvent> apply(HostState state, TaskEvent event) {
    if (!intake.accepts(state, event.header())) {
      return List.of();
    }
    Optional<AuditedTask> task = take(state, event);
    if (event.fact() instanceof Fact.Exited || event.fact() instanceof Fact.OfCapture) {
      grace.expire(state, event.header().bootNanos());
    }
    return List.of(new AuditEvent(event, 0, task));
  }

  private Optional<AuditedTask> take(HostState state, TaskEvent event) {
    return switch (event.fact()) {
      case Fact.OfTask fact ->
          Optional.of(new Lineages(state, event.header(), limits, chains, grace).of(fact));
      case Fact.OfCapture fact -> {
        intake.note(state, event.header(), fact);
        yield Optional.empty();
      }
    };
  }
}
