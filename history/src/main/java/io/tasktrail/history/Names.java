package io.tasktrail.history;

import io.tasktrail.event.Actor;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;

/// Names no longer than a kernel's: each link of a history holds some, and a history must fit into
/// a record. What is longer stands whole in the event itself.
final class Names {

  /// TASK_COMM_LEN is 16; kernel threads show up to 64.
  private static final int COMM_BYTES_MAX = 64;

  /// PATH_MAX.
  private static final int PATH_BYTES_MAX = 4096;

  /// MODULE_NAME_LEN is at most 64.
  private static final int MODULE_BYTES_MAX = 64;

  private Names() {}

  /// What a fact says, its names cut where they are longer.
  static Fact.OfTask bounded(Fact.OfTask fact) {
    return isBounded(fact) ? fact : cut(fact, cut(fact.actor()));
  }

  /// The same of a module that a snapshot found.
  static Fact.ModuleSeen bounded(Fact.ModuleSeen seen) {
    return new Fact.ModuleSeen(
        cut(seen.name(), MODULE_BYTES_MAX), seen.taints(), seen.missingFrom());
  }

  private static boolean isBounded(Fact.OfTask fact) {
    return fact.actor().comm().length() <= COMM_BYTES_MAX
        && switch (fact) {
          case Fact.Executed executed -> executed.image().executable().length() <= PATH_BYTES_MAX;
          case Fact.TaskSeen seen -> seen.executable().length() <= PATH_BYTES_MAX;
          case Fact.ModuleLoaded loaded -> loaded.name().length() <= MODULE_BYTES_MAX;
          case Fact.ModuleUnloaded unloaded -> unloaded.name().length() <= MODULE_BYTES_MAX;
          case Fact.Forked _,
              Fact.Exited _,
              Fact.Signalled _,
              Fact.ExecFailed _,
              Fact.ModuleRequested _,
              Fact.AuditRecord _,
              Fact.ModuleLoadFailed _ ->
              true;
        };
  }

  private static Fact.OfTask cut(Fact.OfTask fact, Actor actor) {
    return switch (fact) {
      case Fact.Forked it ->
          new Fact.Forked(actor, it.child(), it.parent(), it.cloneFlags(), it.cgroupId());
      case Fact.Executed it ->
          new Fact.Executed(
              actor,
              it.parent(),
              it.oldPid(),
              it.image().at(cut(it.image().executable(), PATH_BYTES_MAX)),
              it.arguments(),
              it.place(),
              it.names());
      case Fact.Exited it ->
          new Fact.Exited(
              actor,
              it.parent(),
              it.code(),
              it.signal(),
              it.coreDumped(),
              it.oomKilled(),
              it.cpuNanos(),
              it.readBytes(),
              it.writeBytes());
      case Fact.TaskSeen it ->
          new Fact.TaskSeen(
              actor,
              it.parent(),
              cut(it.executable(), PATH_BYTES_MAX),
              it.arguments(),
              it.forkedWithoutExec(),
              it.kernelThread(),
              it.cgroupId(),
              it.cgroup());
      case Fact.Signalled it ->
          new Fact.Signalled(actor, it.target(), it.signal(), it.code(), it.origin());
      case Fact.ExecFailed it -> new Fact.ExecFailed(actor, it.filename(), it.errno());
      case Fact.ModuleLoaded it ->
          new Fact.ModuleLoaded(actor, cut(it.name(), MODULE_BYTES_MAX), it.taints(), it.origin());
      case Fact.ModuleUnloaded it ->
          new Fact.ModuleUnloaded(actor, cut(it.name(), MODULE_BYTES_MAX));
      case Fact.ModuleLoadFailed it ->
          new Fact.ModuleLoadFailed(actor, it.name(), it.errno(), it.origin());
      case Fact.ModuleRequested it -> new Fact.ModuleRequested(actor, it.name());
      case Fact.AuditRecord it ->
          new Fact.AuditRecord(
              actor,
              it.types(),
              it.keys(),
              it.outcome(),
              it.serial(),
              it.text(),
              it.textTruncated(),
              it.command());
    };
  }

  private static Actor cut(Actor actor) {
    return new Actor(
        actor.task(), actor.execCount(), cut(actor.comm(), COMM_BYTES_MAX), actor.credentials());
  }

  private static ByteText cut(ByteText name, int bytes) {
    return name.length() <= bytes ? name : ByteText.of(name.asBuffer().limit(bytes));
  }
}
