package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Doubt.Reason;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A fact that repairs a history repairs those that inherited it, and corrects what was told of
/// them: the same events once more, with a higher revision, as far as they are kept; where they are
/// not, one notice a task. A history that becomes less certain corrects nothing.
///
/// Events are kept while something may come late, and only those whose history that could repair.
final class Corrections {

  private static final long LARGE_BYTES = 4096;

  private final FoldLimits limits;
  private final Chains chains;
  private final Domains domains;

  Corrections(FoldLimits limits, Chains chains, Domains domains) {
    this.limits = limits;
    this.chains = chains;
    this.domains = domains;
  }

  /// Keeps an event that may have to be corrected.
  void remember(BootState state, AuditEvent audit) {
    boolean doubtful =
        audit.task().map(AuditedTask::history).filter(Corrections::repairable).isPresent();
    if (!doubtful) {
      return;
    }
    long now = audit.event().header().bootNanos();
    if (!state.ledger().unsettled(now) || isLarge(audit.event().fact())) {
      uncorrectable(state, audit);
      return;
    }
    state.correctable().add(audit);
    expire(state, now);
  }

  private static void uncorrectable(BootState state, AuditEvent audit) {
    Ledger ledger = state.ledger();
    Ledger changed = ledger.uncorrectable(audit.event().header().bootNanos());
    if (!changed.equals(ledger)) {
      state.put(changed);
    }
  }

  /// One of many arguments would take the room of many events.
  private static boolean isLarge(Fact fact) {
    return fact instanceof Fact.Executed executed && executed.arguments().bytes() > LARGE_BYTES;
  }

  private static boolean repairable(History history) {
    for (Doubt doubt : history.doubts()) {
      if (doubt.reason() != Reason.BEFORE_CAPTURE) {
        return true;
      }
    }
    return false;
  }

  /// Forgets what is too old to be corrected: a few at a time.
  void expire(BootState state, long nowNanos) {
    state
        .correctable()
        .release(
            limits.count(Bound.EXPIRIES),
            audit -> due(state, audit, nowNanos),
            audit -> uncorrectable(state, audit));
  }

  private boolean due(BootState state, AuditEvent first, long nowNanos) {
    if (nowNanos - first.event().header().bootNanos() > limits.get(Bound.CORRECTION)) {
      return true;
    }
    if (state.correctable().ends().size() <= limits.get(Bound.CORRECTABLE_EVENTS)) {
      return false;
    }
    state.put(state.ledger().bitten(Bound.CORRECTABLE_EVENTS));
    return true;
  }

  /// Tells what there is to tell once an event repaired some tasks.
  ///
  /// @param told is what it is added to
  void tell(Scene scene, List<AuditEvent> told) {
    if (scene.repaired().tasks().isEmpty()) {
      return;
    }
    BootState state = scene.state();
    Map<TaskKey, TaskHistory> affected = withHeirs(state, scene.repaired().tasks());
    correct(scene, affected, told);
    for (TaskHistory task : affected.values()) {
      if (task.key().startNanos() <= state.ledger().uncorrectableNanos()) {
        Notice notice = Notice.ofTask(Notice.Kind.HISTORY_CORRECTED);
        told.add(
            AuditEvent.of(
                scene.event(),
                notice,
                Kin.audited(state, task, task.history().execCount(), chains)));
      }
    }
  }

  /// The repaired tasks and those that inherited from them, each repaired by its creator.
  private Map<TaskKey, TaskHistory> withHeirs(BootState state, List<TaskHistory> repaired) {
    Map<TaskKey, List<TaskHistory>> children = new LinkedHashMap<>();
    for (TaskHistory task : state.tasks()) {
      task.birth()
          .filter(_ -> !task.history().doubts().isEmpty())
          .ifPresent(
              birth -> children.computeIfAbsent(birth.creator(), _ -> new ArrayList<>()).add(task));
    }
    Map<TaskKey, TaskHistory> affected = new LinkedHashMap<>();
    Deque<TaskHistory> left = new ArrayDeque<>(repaired);
    while (!left.isEmpty()) {
      TaskHistory creator = left.remove();
      if (affected.put(creator.key(), creator) == null) {
        left.addAll(heirs(state, creator, children.getOrDefault(creator.key(), List.of())));
      }
    }
    return affected;
  }

  private List<TaskHistory> heirs(
      BootState state, TaskHistory creator, Collection<TaskHistory> children) {
    List<TaskHistory> heirs = new ArrayList<>();
    for (TaskHistory child : children) {
      History inherited = chains.upTo(creator.history(), child.birth().orElseThrow().execCount());
      TaskHistory repaired = child.with(chains.grafted(child.history(), inherited));
      if (Repaired.improves(child, repaired)) {
        state.put(repaired);
        heirs.add(repaired);
      }
    }
    return heirs;
  }

  private void correct(Scene scene, Map<TaskKey, TaskHistory> affected, List<AuditEvent> told) {
    Lineup<AuditEvent> correctable = scene.state().correctable();
    for (long serial = correctable.ends().first(); serial < correctable.ends().next(); serial++) {
      Optional<AuditEvent> again =
          correctable.at(serial).flatMap(earlier -> again(scene, earlier, affected));
      if (again.isPresent()) {
        told.add(again.get());
        correctable.put(serial, again.get());
      }
    }
  }

  /// The event with the history as it is known now, if that is better than it was told.
  private Optional<AuditEvent> again(
      Scene scene, AuditEvent earlier, Map<TaskKey, TaskHistory> affected) {
    AuditedTask before = earlier.task().orElseThrow();
    return Optional.ofNullable(affected.get(before.id().task()))
        .filter(task -> improves(before, task))
        .map(task -> chains.upTo(task.history(), before.history().execCount()))
        .map(better -> corrected(scene, earlier, before.with(better)));
  }

  /// An exec of which it is only now certain what lineage it executed.
  private AuditEvent corrected(Scene scene, AuditEvent earlier, AuditedTask better) {
    AuditEvent corrected = earlier.corrected(better);
    return earlier.event().fact() instanceof Fact.Executed && earlier.firstSeenOnHost().isEmpty()
        ? corrected.seen(domains.executed(scene.of(earlier.event()), better))
        : corrected;
  }

  private static boolean improves(AuditedTask told, TaskHistory task) {
    long execCount = told.history().execCount();
    return Repaired.doubtful(task.history(), execCount)
        < Repaired.doubtful(told.history(), execCount);
  }
}
