package io.tasktrail.history;

import static io.tasktrail.history.Settlement.execCount;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.AuditedTask.Parent;
import io.tasktrail.event.Birth;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskKey;
import java.util.Optional;

/// The lineages of a host: what each fact of a task finds, changes and tells.
final class Lineages {

  private static final long CLONE_PARENT = 0x8000;

  private final FoldLimits limits;
  private final Chains chains;
  private final Settlement settlement;
  private final Domains domains;
  private final Modules modules;
  private final Grace grace;

  Lineages(
      FoldLimits limits,
      Chains chains,
      Settlement settlement,
      Domains domains,
      Modules modules,
      Grace grace) {
    this.limits = limits;
    this.chains = chains;
    this.settlement = settlement;
    this.domains = domains;
    this.modules = modules;
    this.grace = grace;
  }

  /// What a fact of a task tells.
  AuditEvent take(Scene scene, Fact.OfTask fact) {
    TaskEvent event = scene.event();
    return switch (fact) {
      case Fact.Forked forked -> AuditEvent.of(event, forked(scene, forked));
      case Fact.Executed executed -> {
        AuditedTask task = executed(scene, executed);
        yield AuditEvent.of(event, task).seen(domains.executed(scene, task));
      }
      case Fact.Exited exited -> exited(scene, exited);
      case Fact.Signalled signalled -> signalled(scene, signalled);
      case Fact.TaskSeen seen -> AuditEvent.of(event, seen(scene, seen));
      case Fact.ModuleLoaded loaded -> {
        AuditedTask loader = acted(scene, loaded.actor());
        modules.loaded(scene, loaded, loader);
        yield AuditEvent.of(event, loader);
      }
      case Fact.ModuleUnloaded unloaded ->
          AuditEvent.of(event, acted(scene, unloaded.actor()))
              .about(modules.unloaded(scene.state(), unloaded.name()));
      case Fact.ExecFailed failed -> AuditEvent.of(event, acted(scene, failed.actor()));
      case Fact.ModuleLoadFailed failed -> AuditEvent.of(event, acted(scene, failed.actor()));
      case Fact.ModuleRequested request -> AuditEvent.of(event, acted(scene, request.actor()));
      case Fact.AuditRecord record -> AuditEvent.of(event, acted(scene, record.actor()));
    };
  }

  /// A child can be known before its fork is read only while something may come late.
  private AuditedTask forked(Scene scene, Fact.Forked forked) {
    Actor actor = forked.actor();
    BootState state = scene.state();
    Optional<TaskHistory> known = state.task(actor.task());
    TaskHistory creator =
        settlement.of(scene, known, actor, parentOfCreator(forked), execCount(actor));
    scene.keep(known, creator, limits);
    History inherited = chains.upTo(creator.history(), execCount(actor));
    TaskHistory then = asItForked(creator, actor, inherited);
    Birth birth = new Birth(creator.key(), execCount(actor));
    Optional<TaskHistory> early =
        scene.isUnsettled() ? state.task(forked.child()) : Optional.empty();
    TaskHistory child =
        early.isPresent()
            ? born(early.get(), birth, forked.parent(), inherited)
            : TaskHistory.born(
                scene.header().taskId(forked.child()),
                birth,
                forked.parent(),
                actor.comm(),
                then.commandLine(),
                inherited);
    scene.keep(early, child, limits);
    return forked.parent().equals(creator.key())
        ? Kin.audited(state, child, Kin.parent(then), execCount(actor), chains).withoutCommandLine()
        : Kin.audited(state, child, execCount(actor), chains);
  }

  /// The creator, which has executed something since if its fork is read late.
  private static TaskHistory asItForked(TaskHistory creator, Actor actor, History inherited) {
    return inherited.execCount() == creator.history().execCount()
        ? creator
        : creator.heard(actor.comm(), Optional.empty(), inherited);
  }

  /// With CLONE_PARENT the creator's parent is the child's.
  private static Optional<TaskKey> parentOfCreator(Fact.Forked forked) {
    return (forked.cloneFlags() & CLONE_PARENT) == 0
        ? Optional.empty()
        : Optional.of(forked.parent());
  }

  /// A task that something else told of before its fork was read.
  private TaskHistory born(TaskHistory known, Birth birth, TaskKey parent, History inherited) {
    return known.birth().isPresent()
        ? known
        : known.bornBy(birth, parent, chains.grafted(known.history(), inherited));
  }

  private AuditedTask executed(Scene scene, Fact.Executed executed) {
    Actor actor = executed.actor();
    long ordinal = execCount(actor);
    if (ordinal == 0) {
      return acted(scene, actor);
    }
    Optional<TaskHistory> known = scene.state().task(actor.task());
    TaskHistory before =
        settlement.of(scene, known, actor, Optional.of(executed.parent()), ordinal - 1);
    Link link =
        Link.of(
            actor, executed.image().executable(), scene.header().bootNanos(), LinkSource.EXECUTED);
    History history = chains.with(before.history(), link);
    TaskHistory task =
        history.execCount() == ordinal
            ? before.executing(actor.comm(), commandLine(executed.arguments()), history)
            : before.with(history);
    scene.keep(known, task, limits);
    Parent parent = Kin.creator(scene.state(), known.orElse(before));
    return Kin.audited(scene.state(), task, parent, ordinal, chains).withoutCommandLine();
  }

  private ByteText commandLine(Arguments arguments) {
    return arguments.joined(limits.count(Bound.COMMAND_LINE));
  }

  private AuditEvent exited(Scene scene, Fact.Exited exited) {
    Actor actor = exited.actor();
    Optional<TaskHistory> known = scene.state().task(actor.task());
    TaskHistory task =
        settlement.of(scene, known, actor, Optional.of(exited.parent()), execCount(actor));
    if (task.exitedNanos().isEmpty()) {
      grace.end(scene, known, task);
    } else {
      scene.keep(known, task, limits);
    }
    AuditEvent end = AuditEvent.of(scene.event(), audited(scene, task, actor));
    return Deaths.signalOf(exited, task.signal()).map(end::endedBy).orElse(end);
  }

  private AuditEvent signalled(Scene scene, Fact.Signalled signalled) {
    AuditedTask sender = acted(scene, signalled.actor());
    Optional<TaskHistory> target = scene.state().task(signalled.target());
    target
        .map(task -> task.signalled(Deaths.sentBy(sender, signalled)))
        .ifPresent(task -> scene.keep(target, task, limits));
    return AuditEvent.of(scene.event(), sender)
        .with(
            target.map(
                task -> Kin.audited(scene.state(), task, task.history().execCount(), chains)));
  }

  private AuditedTask acted(Scene scene, Actor actor) {
    Optional<TaskHistory> known = scene.state().task(actor.task());
    TaskHistory task = settlement.of(scene, known, actor, Optional.empty(), execCount(actor));
    scene.keep(known, task, limits);
    return audited(scene, task, actor);
  }

  private AuditedTask seen(Scene scene, Fact.TaskSeen seen) {
    Actor actor = seen.actor();
    Optional<TaskHistory> known = scene.state().task(actor.task());
    boolean watched =
        scene.state().ledger().watched(scene.header().capture(), actor.task().startNanos());
    Sighting sighting =
        new Sighting(seen, commandLine(seen.arguments()), scene.header(), watched, chains);
    TaskHistory task =
        known.isEmpty()
            ? settlement.of(scene, sighting.ofUnknown(), true)
            : sighting.of(
                settlement.of(scene, known, actor, Optional.of(seen.parent()), execCount(actor)));
    scene.keep(known, task, limits);
    return audited(scene, task, actor);
  }

  private AuditedTask audited(Scene scene, TaskHistory task, Actor actor) {
    return Kin.audited(scene.state(), task, execCount(actor), chains);
  }
}
