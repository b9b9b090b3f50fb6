package io.tasktrail.wire;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.OptionalInt;

/// What follows the header of a `TaskEvent`: the actor, then one nullable field for each kind of
/// fact, of which one is set.
final class FactForm {

  private static final int KINDS = 18;

  private FactForm() {}

  /// The place of a kind's field, counted from the first.
  private static int place(Fact fact) {
    return switch (fact) {
      case Fact.Forked _ -> 0;
      case Fact.Executed _ -> 1;
      case Fact.Exited _ -> 2;
      case Fact.TaskSeen _ -> 3;
      case Fact.SnapshotStarted _ -> 4;
      case Fact.SnapshotFinished _ -> 5;
      case Fact.ModuleLoaded _ -> 6;
      case Fact.ModuleUnloaded _ -> 7;
      case Fact.EventsLost _ -> 8;
      case Fact.AgentStarted _ -> 9;
      case Fact.AgentStopping _ -> 10;
      case Fact.Heartbeat _ -> 11;
      case Fact.ExecFailed _ -> 12;
      case Fact.Signalled _ -> 13;
      case Fact.ModuleLoadFailed _ -> 14;
      case Fact.ModuleSeen _ -> 15;
      case Fact.ModuleRequested _ -> 16;
      case Fact.AuditRecord _ -> 17;
      case Fact.Unrecognized _ -> KINDS;
    };
  }

  /// What is unrecognized sets no field: its bytes travel beside the event, in an `AuditEvent`.
  static void write(Fact fact, AvroOutput out) {
    writeActor(fact, out);
    int place = place(fact);
    out.absent(place);
    if (place < KINDS) {
      out.present(true);
      writeBody(fact, out);
      out.absent(KINDS - 1 - place);
    }
  }

  private static void writeActor(Fact fact, AvroOutput out) {
    if (fact instanceof Fact.OfTask ofTask) {
      out.present(true);
      ActorForm.write(ofTask.actor(), out);
    } else {
      out.present(false);
    }
  }

  private static void writeBody(Fact fact, AvroOutput out) {
    switch (fact) {
      case Fact.Forked forked -> write(forked, out);
      case Fact.Executed executed -> ExecutedForm.write(executed, out);
      case Fact.Exited exited -> write(exited, out);
      case Fact.TaskSeen seen -> write(seen, out);
      case Fact.SnapshotStarted _, Fact.Unrecognized _ -> {}
      case Fact.SnapshotFinished finished -> out.number(finished.tasks());
      case Fact.ModuleLoaded module -> {
        out.text(module.name());
        out.number(module.taints());
        ModuleOriginForm.write(module.origin(), out);
      }
      case Fact.ModuleUnloaded module -> out.text(module.name());
      case Fact.EventsLost lost -> write(lost, out);
      case Fact.AgentStarted agent -> write(agent, out);
      case Fact.AgentStopping agent -> out.text(agent.reason());
      case Fact.Heartbeat heartbeat -> write(heartbeat, out);
      case Fact.ExecFailed failed -> {
        out.text(failed.filename());
        out.number(failed.errno());
      }
      case Fact.Signalled sent -> {
        TaskKeyForm.write(sent.target(), out);
        out.number(sent.signal());
        out.number(sent.code());
        out.symbol(Symbols.of(sent.origin()));
      }
      case Fact.ModuleLoadFailed failed -> {
        out.text(failed.name());
        out.number(failed.errno());
        ModuleOriginForm.write(failed.origin(), out);
      }
      case Fact.ModuleSeen module -> write(module, out);
      case Fact.ModuleRequested module -> out.text(module.name());
      case Fact.AuditRecord record -> AuditRecordForm.write(record, out);
    }
  }

  private static void write(Fact.Forked forked, AvroOutput out) {
    TaskKeyForm.write(forked.child(), out);
    TaskKeyForm.write(forked.parent(), out);
    out.number(forked.cloneFlags());
    out.number(forked.cgroupId());
  }

  private static void write(Fact.Exited exited, AvroOutput out) {
    TaskKeyForm.write(exited.parent(), out);
    OptionalForm.write(exited.code(), out);
    OptionalForm.write(exited.signal(), out);
    out.flag(exited.coreDumped());
    out.number(exited.cpuNanos());
    out.number(exited.readBytes());
    out.number(exited.writeBytes());
    out.flag(exited.oomKilled());
  }

  private static void write(Fact.TaskSeen seen, AvroOutput out) {
    TaskKeyForm.write(seen.parent(), out);
    out.text(seen.executable());
    out.flag(seen.forkedWithoutExec());
    out.flag(seen.kernelThread());
    out.number(seen.cgroupId());
    CgroupForm.write(seen.cgroup(), out);
    ArgumentsForm.write(seen.arguments(), out);
    ArgumentsForm.writeRules(seen.arguments(), out);
  }

  private static void write(Fact.EventsLost lost, AvroOutput out) {
    out.number(lost.cpu());
    out.number(lost.first());
    out.number(lost.last());
    write(lost.kinds(), out);
    out.symbol(Symbols.of(lost.cause()));
    out.number(lost.fromNanos());
    out.number(lost.toNanos());
  }

  private static void write(List<Fact.LostOfKind> kinds, AvroOutput out) {
    out.items(kinds.size());
    for (Fact.LostOfKind kind : kinds) {
      out.text(kind.kind());
      out.number(kind.count());
    }
    out.endOfItems();
  }

  private static void write(Fact.ModuleSeen module, AvroOutput out) {
    out.text(module.name());
    out.number(module.taints());
    out.items(module.missingFrom().size());
    module.missingFrom().forEach(view -> out.symbol(Symbols.of(view)));
    out.endOfItems();
  }

  private static void write(Fact.AgentStarted agent, AvroOutput out) {
    out.text(agent.version());
    out.number(agent.pid());
    out.number(agent.armedNanos());
    out.text(agent.armedBy());
    out.number(agent.ringBytes());
  }

  private static void write(Fact.Heartbeat heartbeat, AvroOutput out) {
    List<Fact.Watermark> watermarks = heartbeat.watermarks();
    out.items(watermarks.size());
    for (Fact.Watermark mark : watermarks) {
      out.number(mark.cpu());
      out.number(mark.sequence());
    }
    out.endOfItems();
    out.number(heartbeat.acknowledged());
    out.number(heartbeat.lost());
    write(heartbeat.shortfalls(), out);
    OptionalForm.write(heartbeat.canary().nanos(), out);
    out.flag(heartbeat.canary().isMissing());
    out.number(heartbeat.filtered());
    AgentReportForm.write(heartbeat.report(), out);
  }

  private static void write(Fact.Shortfalls shortfalls, AvroOutput out) {
    write(shortfalls.ringFull(), out);
    OptionalForm.write(shortfalls.recursionMisses(), out);
    out.number(shortfalls.argumentFaults());
    out.number(shortfalls.malformed());
    out.number(shortfalls.refused());
  }

  /// Null when no field of a kind is set.
  static Fact readOrNull(AvroInput in) {
    Actor actor = in.isPresent() ? ActorForm.read(in) : null;
    Fact fact = null;
    for (int place = 0; place < KINDS; place++) {
      if (in.isPresent()) {
        if (fact != null) {
          throw in.malformed("two kinds in one event");
        }
        fact = read(place, actor, in);
      }
    }
    return fact;
  }

  private static Fact read(int place, Actor actor, AvroInput in) {
    return switch (place) {
      case 4 -> new Fact.SnapshotStarted();
      case 5 -> new Fact.SnapshotFinished(in.number());
      case 8 -> eventsLost(in);
      case 9 -> agentStarted(in);
      case 10 -> new Fact.AgentStopping(in.string());
      case 11 -> heartbeat(in);
      case 15 -> new Fact.ModuleSeen(in.text(), in.number(), in.list(Symbols::moduleView));
      default -> readOfTask(place, actor, in);
    };
  }

  private static Fact readOfTask(int place, Actor actor, AvroInput in) {
    if (actor == null) {
      throw in.malformed("an event of a task without its actor");
    }
    return switch (place) {
      case 0 -> forked(actor, in);
      case 1 -> ExecutedForm.read(actor, in);
      case 2 -> exited(actor, in);
      case 3 -> taskSeen(actor, in);
      case 6 -> new Fact.ModuleLoaded(actor, in.text(), in.number(), ModuleOriginForm.read(in));
      case 7 -> new Fact.ModuleUnloaded(actor, in.text());
      case 12 -> new Fact.ExecFailed(actor, in.text(), in.integer());
      case 13 ->
          new Fact.Signalled(
              actor, TaskKeyForm.read(in), in.integer(), in.integer(), Symbols.signalOrigin(in));
      case 14 ->
          new Fact.ModuleLoadFailed(actor, in.text(), in.integer(), ModuleOriginForm.read(in));
      case 16 -> new Fact.ModuleRequested(actor, in.text());
      case 17 -> AuditRecordForm.read(actor, in);
      default -> throw in.malformed("not a kind");
    };
  }

  private static Fact forked(Actor actor, AvroInput in) {
    return new Fact.Forked(
        actor, TaskKeyForm.read(in), TaskKeyForm.read(in), in.number(), in.number());
  }

  private static Fact exited(Actor actor, AvroInput in) {
    TaskKey parent = TaskKeyForm.read(in);
    OptionalInt code = OptionalForm.integer(in);
    OptionalInt signal = OptionalForm.integer(in);
    boolean core = in.flag();
    long cpuNanos = in.number();
    long readBytes = in.number();
    long writeBytes = in.number();
    return new Fact.Exited(
        actor, parent, code, signal, core, in.flag(), cpuNanos, readBytes, writeBytes);
  }

  private static Fact taskSeen(Actor actor, AvroInput in) {
    TaskKey parent = TaskKeyForm.read(in);
    ByteText executable = in.text();
    boolean forkedWithoutExec = in.flag();
    boolean kernelThread = in.flag();
    long cgroupId = in.number();
    Cgroup cgroup = CgroupForm.read(in);
    Arguments arguments =
        in.hasCommandLines() ? ArgumentsForm.readRules(ArgumentsForm.read(in), in) : Arguments.NONE;
    return new Fact.TaskSeen(
        actor, parent, executable, arguments, forkedWithoutExec, kernelThread, cgroupId, cgroup);
  }

  private static Fact eventsLost(AvroInput in) {
    return new Fact.EventsLost(
        in.integer(),
        in.number(),
        in.number(),
        kinds(in),
        Symbols.lossCause(in),
        in.number(),
        in.number());
  }

  private static Fact agentStarted(AvroInput in) {
    return new Fact.AgentStarted(in.string(), in.integer(), in.number(), in.string(), in.number());
  }

  private static Fact heartbeat(AvroInput in) {
    return new Fact.Heartbeat(
        in.list(mark -> new Fact.Watermark(mark.integer(), mark.number())),
        in.number(),
        in.number(),
        shortfalls(in),
        new Fact.Canary(OptionalForm.number(in), in.flag()),
        in.number(),
        AgentReportForm.optional(in));
  }

  private static Fact.Shortfalls shortfalls(AvroInput in) {
    return new Fact.Shortfalls(
        kinds(in), OptionalForm.number(in), in.number(), in.number(), in.number());
  }

  private static List<Fact.LostOfKind> kinds(AvroInput in) {
    return in.list(kind -> new Fact.LostOfKind(kind.string(), kind.number()));
  }
}
