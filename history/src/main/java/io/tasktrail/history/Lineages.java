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
import java.util.UUID;

/// The lineages of a host, as one event finds them and leaves them.
final class Lineages {

  private static final long CLONE_PARENT = 0x8000;

  private final HostState state;
  private final Header header;
  private final FoldLimits limits;
  private final Chains chains;
  private final Grace grace;

  Lineages(HostState state, Header header, FoldLimits limits, Chains chains, Grace grace) {
    this.state = state;
    this.header = header;
    this.limits = limits;
    this.chains = chains;
    this.grace = grace;
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
    Optional<TaskKey> creatorsParent =
        (forked.cloneFlags() & CLONE_PARENT) == 0 ? Optional.empty() : Optional.of(forked.parent());
    TaskHistory creator = settled(actor, creatorsParent, execCount(actor));
    keep(creator);
    History inherited = chains.upTo(creator.history(), execCount(actor));
    TaskHistory child =
        state
            .task(forked.child())
            .map(known -> born(known, inherited))
            .orElseGet(() -> born(forked, inherited));
    keep(child);
    return audited(child, forked.parent(), execCount(actor));
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
        : with(known, TaskOrigin.OBSERVED, chains.grafted(known.history(), inherited));
  }

  private AuditedTask executed(Fact.Executed executed) {
    Actor actor = executed.actor();
    long ordinal = execCount(actor);
    if (ordinal == 0) {
      return acted(actor);
    }
    TaskHistory before = settled(actor, Optional.of(executed.parent()), ordinal - 1);
    Link link = link(actor, executed.image().executable(), header.bootNanos(), LinkSource.EXECUTED);
    TaskHistory task = with(before, before.origin(), chains.with(before.history(), link));
    keep(task);
    return audited(task, executed.parent(), ordinal);
  }

  private AuditedTask exited(Fact.Exited exited) {
    Actor actor = exited.actor();
    TaskHistory task = settled(actor, Optional.of(exited.parent()), execCount(actor));
    if (task.exitedNanos().isEmpty()) {
      grace.begin(state, task.key(), header.bootNanos());
      task = ended(task);
    }
    keep(task);
    return audited(task, exited.parent(), execCount(actor));
  }

  private AuditedTask seen(Fact.TaskSeen seen) {
    Actor actor = seen.actor();
    TaskHistory task =
        state
            .task(actor.task())
            .map(known -> seenAgain(known, seen))
            .orElseGet(() -> presumed(found(seen), limits.ancestors()));
    keep(task);
    return audited(task, seen.parent(), execCount(actor));
  }

  /// What a snapshot says of a task of which nothing was known. If it started under the eyes of the
  /// capture, its fork and its execs were lost or are still to be read.
  private TaskHistory found(Fact.TaskSeen seen) {
    Actor actor = seen.actor();
    long execCount = execCount(actor);
    boolean watched = state.ledger().watched(header.capture(), actor.task().startNanos());
    Reason reason = watched ? Reason.CREATOR_UNKNOWN : Reason.BEFORE_CAPTURE;
    Optional<UUID> loss = watched ? lossOfFork(actor.task()) : Optional.empty();
    long inherited = ownImage(seen) ? execCount - 1 : execCount;
    History history = chains.reaching(History.ROOT, inherited, reason, loss);
    if (watched) {
      history = chains.reaching(history, execCount, Reason.LOST, Optional.empty());
    }
    return new TaskHistory(
        header.taskId(actor.task()),
        seen.parent(),
        TaskOrigin.SNAPSHOT,
        actor.comm(),
        ownImage(seen) ? chains.with(history, image(seen)) : history,
        OptionalLong.empty());
  }

  private TaskHistory seenAgain(TaskHistory known, Fact.TaskSeen seen) {
    Actor actor = seen.actor();
    TaskHistory task = settled(known, actor, Optional.of(seen.parent()), execCount(actor));
    TaskOrigin origin = task.origin() == TaskOrigin.INFERRED ? TaskOrigin.SNAPSHOT : task.origin();
    return with(
        task, origin, ownImage(seen) ? chains.with(task.history(), image(seen)) : task.history());
  }

  private static boolean ownImage(Fact.TaskSeen seen) {
    return !seen.forkedWithoutExec() && !seen.kernelThread() && execCount(seen.actor()) > 0;
  }

  private static Link image(Fact.TaskSeen seen) {
    return link(seen.actor(), seen.executable(), seen.actor().task().startNanos(), LinkSource.SEEN);
  }

  private AuditedTask acted(Actor actor) {
    TaskHistory task = settled(actor, Optional.empty(), execCount(actor));
    keep(task);
    return audited(task, task.parent(), execCount(actor));
  }

  /// The actor, with a history that reaches the exec count.
  private TaskHistory settled(Actor actor, Optional<TaskKey> parent, long execCount) {
    return state
        .task(actor.task())
        .map(known -> settled(known, actor, parent, execCount))
        .orElseGet(() -> presumed(inferred(actor, parent, execCount), limits.ancestors()));
  }

  private TaskHistory settled(
      TaskHistory known, Actor actor, Optional<TaskKey> parent, long execCount) {
    boolean news = execCount >= known.history().execCount();
    TaskHistory heard =
        new TaskHistory(
            known.id(),
            news ? parent.orElse(known.parent()) : known.parent(),
            known.origin(),
            news ? actor.comm() : known.comm(),
            chains.reaching(known.history(), execCount, Reason.LOST, Optional.empty()),
            known.exitedNanos());
    TaskHistory presumed = presumed(heard, limits.ancestors());
    Attribution attribution = new Attribution(state.ledger(), header.bootNanos());
    return with(presumed, presumed.origin(), attribution.of(presumed.history()));
  }

  /// A task that nothing told of before.
  private TaskHistory inferred(Actor actor, Optional<TaskKey> parent, long execCount) {
    return new TaskHistory(
        header.taskId(actor.task()),
        parent.orElse(TaskKey.ROOT),
        TaskOrigin.INFERRED,
        actor.comm(),
        chains.reaching(History.ROOT, execCount, Reason.CREATOR_UNKNOWN, lossOfFork(actor.task())),
        OptionalLong.empty());
  }

  private Optional<UUID> lossOfFork(TaskKey task) {
    return state.ledger().lossWithin(task.startNanos(), task.startNanos());
  }

  /// The task, with what it likely inherited from its parent where nothing is known: tried until
  /// the parent is known, up to some ancestors.
  private TaskHistory presumed(TaskHistory task, int ancestors) {
    if (ancestors == 0 || task.parent().equals(TaskKey.ROOT) || !lacksAncestors(task)) {
      return task;
    }
    return state
        .task(task.parent())
        .map(parent -> presumed(parent, ancestors - 1))
        .map(parent -> presumed(task, parent.history()))
        .orElse(task);
  }

  private TaskHistory presumed(TaskHistory task, History ancestor) {
    return with(
        task, task.origin(), chains.presuming(task.history(), ancestor, task.key().startNanos()));
  }

  private static boolean lacksAncestors(TaskHistory task) {
    return task.origin() != TaskOrigin.OBSERVED
        && task.history().missingLinks() > 0
        && task.history().links().stream().noneMatch(link -> link.source() == LinkSource.PRESUMED);
  }

  private AuditedTask audited(TaskHistory task, TaskKey parent, long execCount) {
    return new AuditedTask(
        task.id(), task.origin(), parent(parent), chains.upTo(task.history(), execCount));
  }

  private Parent parent(TaskKey key) {
    return state
        .task(key)
        .map(known -> new Parent(key, known.comm(), executable(known.history())))
        .orElse(new Parent(key, ByteText.EMPTY, ByteText.EMPTY));
  }

  private static ByteText executable(History history) {
    return history.image().ordinal() == history.execCount()
        ? history.image().executable()
        : ByteText.EMPTY;
  }

  private void keep(TaskHistory task) {
    if (!state.task(task.key()).equals(Optional.of(task))) {
      state.put(task);
    }
  }

  private static TaskHistory with(TaskHistory task, TaskOrigin origin, History history) {
    return new TaskHistory(
        task.id(), task.parent(), origin, task.comm(), history, task.exitedNanos());
  }

  private TaskHistory ended(TaskHistory task) {
    return new TaskHistory(
        task.id(),
        task.parent(),
        task.origin(),
        task.comm(),
        task.history(),
        OptionalLong.of(header.bootNanos()));
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
