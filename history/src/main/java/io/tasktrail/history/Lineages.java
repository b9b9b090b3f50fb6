package io.tasktrail.history;

import static io.tasktrail.history.Settlement.execCount;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.AuditedTask.Parent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.Optional;
import java.util.OptionalLong;

/// The lineages of a host, as one event finds them and leaves them.
final class Lineages {

  private static final long CLONE_PARENT = 0x8000;

  private final HostState state;
  private final Header header;
  private final Chains chains;
  private final Grace grace;
  private final Settlement settlement;

  Lineages(HostState state, Header header, FoldLimits limits, Chains chains, Grace grace) {
    this.state = state;
    this.header = header;
    this.chains = chains;
    this.grace = grace;
    settlement =
        new Settlement(
            header,
            chains,
            new Presumption(state, chains, limits.ancestors()),
            new Attribution(state, header.bootNanos()));
  }

  /// The task of which a fact speaks, as it was then.
  AuditedTask of(Fact.OfTask fact) {
    return switch (fact) {
      case Fact.Forked forked -> forked(forked);
      case Fact.Executed executed -> executed(executed);
      case Fact.Exited exited -> exited(exited);
      case Fact.TaskSeen seen -> seen(seen);
      case Fact.ModuleLoaded loaded -> acted(loaded.actor());
      case Fact.ModuleUnloaded unloaded -> acted(unloaded.actor());
    };
  }

  private AuditedTask forked(Fact.Forked forked) {
    Actor actor = forked.actor();
    Optional<TaskHistory> known = state.task(actor.task());
    TaskHistory creator = settlement.of(known, actor, parentOfCreator(forked), execCount(actor));
    keep(known, creator);
    History inherited = chains.upTo(creator.history(), execCount(actor));
    Optional<TaskHistory> early = state.task(forked.child());
    TaskHistory child =
        early.map(task -> born(task, inherited)).orElseGet(() -> born(forked, inherited));
    keep(early, child);
    Parent parent =
        forked.parent().equals(creator.key()) ? parent(creator) : parent(forked.parent());
    return audited(child, parent, execCount(actor));
  }

  /// With CLONE_PARENT the creator's parent is the child's.
  private static Optional<TaskKey> parentOfCreator(Fact.Forked forked) {
    return (forked.cloneFlags() & CLONE_PARENT) == 0
        ? Optional.empty()
        : Optional.of(forked.parent());
  }

  private TaskHistory born(Fact.Forked forked, History inherited) {
    return new TaskHistory(
        header.taskId(forked.child()),
        forked.parent(),
        TaskOrigin.OBSERVED,
        forked.actor().comm(),
        inherited,
        OptionalLong.empty());
  }

  /// A task that something else told of before its fork was read.
  private TaskHistory born(TaskHistory known, History inherited) {
    return known.origin() == TaskOrigin.OBSERVED
        ? known
        : known.with(TaskOrigin.OBSERVED, chains.grafted(known.history(), inherited));
  }

  private AuditedTask executed(Fact.Executed executed) {
    Actor actor = executed.actor();
    long ordinal = execCount(actor);
    if (ordinal == 0) {
      return acted(actor);
    }
    Optional<TaskHistory> known = state.task(actor.task());
    TaskHistory before = settlement.of(known, actor, Optional.of(executed.parent()), ordinal - 1);
    Link link =
        Link.of(actor, executed.image().executable(), header.bootNanos(), LinkSource.EXECUTED);
    TaskHistory task = before.with(chains.with(before.history(), link));
    keep(known, task);
    return audited(task, parent(executed.parent()), ordinal);
  }

  private AuditedTask exited(Fact.Exited exited) {
    Actor actor = exited.actor();
    Optional<TaskHistory> known = state.task(actor.task());
    TaskHistory task = settlement.of(known, actor, Optional.of(exited.parent()), execCount(actor));
    if (task.exitedNanos().isEmpty()) {
      grace.begin(state, task.key(), header.bootNanos());
      task = task.endedAt(header.bootNanos());
    }
    keep(known, task);
    return audited(task, parent(exited.parent()), execCount(actor));
  }

  private AuditedTask acted(Actor actor) {
    Optional<TaskHistory> known = state.task(actor.task());
    TaskHistory task = settlement.of(known, actor, Optional.empty(), execCount(actor));
    keep(known, task);
    return audited(task, parent(task.parent()), execCount(actor));
  }

  private AuditedTask seen(Fact.TaskSeen seen) {
    Actor actor = seen.actor();
    Optional<TaskHistory> known = state.task(actor.task());
    boolean watched = state.ledger().watched(header.capture(), actor.task().startNanos());
    Sighting sighting = new Sighting(seen, header, watched, chains);
    TaskHistory task =
        known.isEmpty()
            ? settlement.of(sighting.ofUnknown())
            : sighting.of(
                settlement.of(known, actor, Optional.of(seen.parent()), execCount(actor)));
    keep(known, task);
    return audited(task, parent(seen.parent()), execCount(actor));
  }

  private AuditedTask audited(TaskHistory task, Parent parent, long execCount) {
    return new AuditedTask(
        task.id(), task.origin(), parent, chains.upTo(task.history(), execCount));
  }

  private Parent parent(TaskKey key) {
    return state
        .task(key)
        .map(Lineages::parent)
        .orElse(new Parent(key, ByteText.EMPTY, ByteText.EMPTY));
  }

  private static Parent parent(TaskHistory parent) {
    Link image = parent.history().image();
    boolean current = image.ordinal() == parent.history().execCount();
    return new Parent(parent.key(), parent.comm(), current ? image.executable() : ByteText.EMPTY);
  }

  private void keep(Optional<TaskHistory> known, TaskHistory task) {
    if (known.isEmpty() || !known.get().equals(task)) {
      state.put(task);
    }
  }
}
