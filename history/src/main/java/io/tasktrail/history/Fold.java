package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fold: `(state of a host, event) → (state, what to emit)`.
///
/// Every event is emitted once, with the history of its task as it was then; a duplicate changes
/// and emits nothing. Before it comes what the fold itself has to tell ([Notice]), after it the
/// corrections of earlier events that it makes possible. A quiet event ([Header#quiet]) changes the
/// state as any other, and is not emitted itself, nor ever corrected. Deterministic: the output
/// depends on the events of the host alone. Has no state of its own, so that one fold serves any
/// number of hosts and threads.
///
/// [Notice]: io.tasktrail.event.Notice
public final class Fold {

  private final Succession succession;
  private final Intake intake;
  private final RollCall rollCall;
  private final Lineages lineages;
  private final Modules modules;
  private final Corrections corrections;
  private final Grace grace;

  /// A fold with these bounds.
  public Fold(FoldLimits limits) {
    Chains chains = new Chains(limits);
    succession = new Succession(limits);
    intake = new Intake(limits);
    Presumption presumption = new Presumption(chains, limits);
    rollCall = new RollCall(presumption, chains);
    modules = new Modules(limits);
    grace = new Grace(limits);
    Domains domains = new Domains(limits);
    lineages =
        new Lineages(limits, chains, new Settlement(chains, presumption), domains, modules, grace);
    corrections = new Corrections(limits, chains, domains);
  }

  /// What to emit for an event: nothing if it was taken before, or nobody is to be told of it.
  ///
  /// @param host state of the host that the event comes from
  public List<AuditEvent> apply(HostState host, TaskEvent event) {
    return take(host, event).orElse(List.of());
  }

  /// What to emit for an event, which may be nothing; empty if it was taken before.
  ///
  /// @param host state of the host that the event comes from
  public Optional<List<AuditEvent>> take(HostState host, TaskEvent event) {
    Header header = event.header();
    BootState state = succession.state(host, header.boot());
    if (!intake.accepts(state, header)) {
      return Optional.empty();
    }
    // nearly always the event alone
    List<AuditEvent> told = new ArrayList<>(1);
    succession.enter(host, event, told);
    rollCall.tell(state, event, told);
    intake.note(state, header, event.fact());
    take(host, state, event, told);
    if (event.fact() instanceof Fact.Exited || event.fact() instanceof Fact.OfCapture) {
      grace.expire(state, header.bootNanos());
      corrections.expire(state, header.bootNanos());
    }
    return Optional.of(told);
  }

  private void take(HostState host, BootState state, TaskEvent event, List<AuditEvent> told) {
    switch (event.fact()) {
      case Fact.OfTask fact -> {
        Scene scene = new Scene(host, state, event, new Repaired());
        AuditEvent audit = lineages.take(scene, Names.bounded(fact));
        if (!event.header().quiet()) {
          told.add(audit);
          corrections.remember(state, audit);
        }
        corrections.tell(scene, told);
      }
      case Fact.ModuleSeen seen -> {
        modules.seen(state, event.header(), Names.bounded(seen));
        told.add(AuditEvent.of(event));
      }
      case Fact.OfCapture fact -> {
        Standing.note(host, event.header(), fact);
        told.add(AuditEvent.of(event));
      }
    }
  }
}
