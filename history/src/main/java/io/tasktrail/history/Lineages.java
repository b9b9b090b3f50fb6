package io.tasktrail.history;

import io.tasktrail.event.Actor;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.AuditedTask.Parent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Doubt.Reason;
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
  private final Presumption presumption;
  private final Attribution attribution;
  private final Settlement settlement;

  Lineages(HostState state, Header header, FoldLimits limits, Chains chains, Grace grace) {
    this.state = state;
    this.header = header;
    this.chains = chains;
    this.grace = grace;
    presumption = new Presumption(state, chains, limits.ancestors());
    attribution = new Attribution(state, header.bootNanos());
    settlement = new Settlement(header, chains, presumption, attribution);
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
    Link link = link(actor, executed.image().executable(), header.bootNanos(), LinkSource.EXECUTED);
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
    Optional<TaskHistory> known = state.task(seen.actor().task());
    TaskHistory task =
        known
            .map(again -> seenAgain(again, seen))
            .orElseGet(() -> attribution.of(presumption.of(found(seen))));
    keep(known, task);
    return audited(task, parent(seen.parent()), execCount(seen.actor()));
  }

  /// A task of which nothing was known. If it started under the eyes of the capture, its fork and
  /// its execs were lost, or are still to be read.
  private TaskHistory found(Fact.TaskSeen seen) {
    Actor actor = seen.actor();
    boolean watched = state.ledger().watched(header.capture(), actor.task().startNanos());
    long execCount = execCount(actor);
    History history =
        chains.reaching(
            History.ROOT,
            hasOwnImage(seen) ? execCount - 1 : execCount,
            watched ? Reason.CREATOR_UNKNOWN : Reason.BEFORE_CAPTURE);
    if (watched) {
      history = chains.reaching(history, execCount, Reason.LOST);
    }
    return new TaskHistory(
        header.taskId(actor.task()),
        seen.parent(),
        TaskOrigin.SNAPSHOT,
        actor.comm(),
        withImage(history, seen),
        OptionalLong.empty());
  }

  private TaskHistory seenAgain(TaskHistory known, Fact.TaskSeen seen) {
    Actor actor = seen.actor();
    TaskHistory task =
        settlement.of(Optional.of(known), actor, Optional.of(seen.parent()), execCount(actor));
    TaskOrigin origin = task.origin() == TaskOrigin.INFERRED ? TaskOrigin.SNAPSHOT : task.origin();
    return task.with(origin, withImage(task.history(), seen));
  }

  private History withImage(History history, Fact.TaskSeen seen) {
    return hasOwnImage(seen)
        ? chains.with(
            history,
            link(
                seen.actor(), seen.executable(), seen.actor().task().startNanos(), LinkSource.SEEN))
        : history;
  }

  private static boolean hasOwnImage(Fact.TaskSeen seen) {
    return !seen.forkedWithoutExec() && !seen.kernelThread() && execCount(seen.actor()) > 0;
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

  private static Link link(Actor actor, ByteText executable, long startNanos, LinkSource source) {
    return new Link(
        execCount(actor),
        actor.task(),
        actor.comm(),
        executable,
        actor.credentials().uid(),
        actor.credentials().auid(),
        startNanos,
        source);
  }

  /// Never negative, whatever is said.
  private static long execCount(Actor actor) {
    return Math.max(0, actor.execCount());
  }
}
