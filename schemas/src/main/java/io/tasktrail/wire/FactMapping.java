package io.tasktrail.wire;

import io.tasktrail.avro.AgentStarted;
import io.tasktrail.avro.AgentStopping;
import io.tasktrail.avro.EventsLost;
import io.tasktrail.avro.Executed;
import io.tasktrail.avro.Exited;
import io.tasktrail.avro.Forked;
import io.tasktrail.avro.Heartbeat;
import io.tasktrail.avro.LossCause;
import io.tasktrail.avro.LostOfKind;
import io.tasktrail.avro.ModuleLoaded;
import io.tasktrail.avro.ModuleUnloaded;
import io.tasktrail.avro.Namespaces;
import io.tasktrail.avro.SnapshotFinished;
import io.tasktrail.avro.SnapshotStarted;
import io.tasktrail.avro.TaskEvent;
import io.tasktrail.avro.TaskSeen;
import io.tasktrail.avro.Watermark;
import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import java.util.OptionalInt;

/// Each kind of fact to the one field of `TaskEvent` that is its own, and back.
final class FactMapping {

  private FactMapping() {}

  static void write(Fact fact, TaskEvent record) {
    if (fact instanceof Fact.OfTask ofTask) {
      record.setActor(toAvro(ofTask.actor()));
    }
    switch (fact) {
      case Fact.Forked forked -> record.setForked(toAvro(forked));
      case Fact.Executed executed -> record.setExecuted(toAvro(executed));
      case Fact.Exited exited -> record.setExited(toAvro(exited));
      case Fact.TaskSeen seen -> record.setTaskSeen(toAvro(seen));
      case Fact.ModuleLoaded module ->
          record.setModuleLoaded(new ModuleLoaded(Ids.toAvro(module.name()), module.taints()));
      case Fact.ModuleUnloaded module ->
          record.setModuleUnloaded(new ModuleUnloaded(Ids.toAvro(module.name())));
      case Fact.SnapshotStarted _ -> record.setSnapshotStarted(new SnapshotStarted());
      case Fact.SnapshotFinished(long tasks) ->
          record.setSnapshotFinished(new SnapshotFinished(tasks));
      case Fact.EventsLost lost -> record.setEventsLost(toAvro(lost));
      case Fact.AgentStarted agent -> record.setAgentStarted(toAvro(agent));
      case Fact.AgentStopping(String reason) -> record.setAgentStopping(new AgentStopping(reason));
      case Fact.Heartbeat heartbeat -> record.setHeartbeat(toAvro(heartbeat));
      case Fact.ExecFailed(_, var filename, int errno) ->
          record.setExecFailed(new io.tasktrail.avro.ExecFailed(Ids.toAvro(filename), errno));
      case Fact.Signalled(_, var target, int signal, int code) ->
          record.setSignalled(new io.tasktrail.avro.Signalled(Ids.toAvro(target), signal, code));
      case Fact.ModuleLoadFailed(_, var name, int errno) ->
          record.setModuleLoadFailed(
              new io.tasktrail.avro.ModuleLoadFailed(Ids.toAvro(name), errno));
      case Fact.ModuleSeen(var name, long taints) ->
          record.setModuleSeen(new io.tasktrail.avro.ModuleSeen(Ids.toAvro(name), taints));
      case Fact.Unrecognized _ -> {}
    }
  }

  static Fact read(TaskEvent record) {
    if (record.getActor() != null) {
      return read(record, fromAvro(record.getActor()));
    } else if (record.getSnapshotStarted() != null) {
      return new Fact.SnapshotStarted();
    } else if (record.getSnapshotFinished() != null) {
      return new Fact.SnapshotFinished(record.getSnapshotFinished().getTasks());
    } else if (record.getEventsLost() != null) {
      return fromAvro(record.getEventsLost());
    } else if (record.getAgentStarted() != null) {
      return fromAvro(record.getAgentStarted());
    } else if (record.getAgentStopping() != null) {
      return new Fact.AgentStopping(record.getAgentStopping().getReason());
    } else if (record.getHeartbeat() != null) {
      return fromAvro(record.getHeartbeat());
    } else if (record.getModuleSeen() != null) {
      return new Fact.ModuleSeen(
          ByteText.of(record.getModuleSeen().getName()), record.getModuleSeen().getTaints());
    }
    return new Fact.Unrecognized(0, ByteText.EMPTY);
  }

  private static Fact read(TaskEvent record, Actor actor) {
    if (record.getForked() != null) {
      return fromAvro(record.getForked(), actor);
    } else if (record.getExecuted() != null) {
      return fromAvro(record.getExecuted(), actor);
    } else if (record.getExited() != null) {
      return fromAvro(record.getExited(), actor);
    } else if (record.getTaskSeen() != null) {
      return fromAvro(record.getTaskSeen(), actor);
    } else if (record.getModuleLoaded() != null) {
      ModuleLoaded module = record.getModuleLoaded();
      return new Fact.ModuleLoaded(actor, ByteText.of(module.getName()), module.getTaints());
    } else if (record.getModuleUnloaded() != null) {
      return new Fact.ModuleUnloaded(actor, ByteText.of(record.getModuleUnloaded().getName()));
    } else if (record.getExecFailed() != null) {
      return new Fact.ExecFailed(
          actor,
          ByteText.of(record.getExecFailed().getFilename()),
          record.getExecFailed().getErrno());
    } else if (record.getSignalled() != null) {
      var sent = record.getSignalled();
      return new Fact.Signalled(
          actor, Ids.fromAvro(sent.getTarget()), sent.getSignal(), sent.getCode());
    } else if (record.getModuleLoadFailed() != null) {
      var failed = record.getModuleLoadFailed();
      return new Fact.ModuleLoadFailed(actor, ByteText.of(failed.getName()), failed.getErrno());
    }
    return new Fact.Unrecognized(0, ByteText.EMPTY);
  }

  private static io.tasktrail.avro.Actor toAvro(Actor actor) {
    Credentials who = actor.credentials();
    return new io.tasktrail.avro.Actor(
        Ids.toAvro(actor.task()),
        actor.execCount(),
        Ids.toAvro(actor.comm()),
        new io.tasktrail.avro.Credentials(
            who.uid(), who.euid(), who.gid(), who.egid(), who.auid(), who.session()));
  }

  private static Actor fromAvro(io.tasktrail.avro.Actor actor) {
    var who = actor.getCredentials();
    return new Actor(
        Ids.fromAvro(actor.getTask()),
        actor.getExecCount(),
        ByteText.of(actor.getComm()),
        new Credentials(
            who.getUid(),
            who.getEuid(),
            who.getGid(),
            who.getEgid(),
            who.getAuid(),
            who.getSession()));
  }

  private static Forked toAvro(Fact.Forked forked) {
    return new Forked(
        Ids.toAvro(forked.child()),
        Ids.toAvro(forked.parent()),
        forked.cloneFlags(),
        forked.cgroupId());
  }

  private static Fact fromAvro(Forked forked, Actor actor) {
    return new Fact.Forked(
        actor,
        Ids.fromAvro(forked.getChild()),
        Ids.fromAvro(forked.getParent()),
        forked.getCloneFlags(),
        forked.getCgroupId());
  }

  private static Executed toAvro(Fact.Executed executed) {
    Image image = executed.image();
    Arguments arguments = executed.arguments();
    Place place = executed.place();
    Place.Namespaces namespaces = place.namespaces();
    return new Executed(
        Ids.toAvro(executed.parent()),
        executed.oldPid(),
        Ids.toAvro(image.filename()),
        Ids.toAvro(image.interpreter()),
        Ids.toAvro(image.executable()),
        Ids.toAvro(place.cwd()),
        arguments.values().stream().map(Ids::toAvro).toList(),
        arguments.count(),
        arguments.bytes(),
        arguments.truncated(),
        place.tty(),
        image.device(),
        image.inode(),
        image.secure(),
        image.unlinked(),
        new Namespaces(namespaces.pid(), namespaces.mnt(), namespaces.net(), namespaces.user()),
        place.cgroupId());
  }

  private static Fact fromAvro(Executed executed, Actor actor) {
    Namespaces namespaces = executed.getNamespaces();
    return new Fact.Executed(
        actor,
        Ids.fromAvro(executed.getParent()),
        executed.getOldPid(),
        new Image(
            ByteText.of(executed.getFilename()),
            ByteText.of(executed.getInterpreter()),
            ByteText.of(executed.getExecutable()),
            executed.getDevice(),
            executed.getInode(),
            executed.getSecure(),
            executed.getUnlinked()),
        new Arguments(
            executed.getArgv().stream().map(ByteText::of).toList(),
            executed.getArgvCount(),
            executed.getArgvBytes(),
            executed.getArgvTruncated()),
        new Place(
            ByteText.of(executed.getCwd()),
            executed.getTty(),
            new Place.Namespaces(
                namespaces.getPid(),
                namespaces.getMnt(),
                namespaces.getNet(),
                namespaces.getUser()),
            executed.getCgroupId()));
  }

  private static Exited toAvro(Fact.Exited exited) {
    return new Exited(
        Ids.toAvro(exited.parent()),
        boxed(exited.code()),
        boxed(exited.signal()),
        exited.coreDumped(),
        exited.cpuNanos(),
        exited.readBytes(),
        exited.writeBytes());
  }

  private static Fact fromAvro(Exited exited, Actor actor) {
    return new Fact.Exited(
        actor,
        Ids.fromAvro(exited.getParent()),
        optional(exited.getCode()),
        optional(exited.getSignal()),
        exited.getCoreDumped(),
        exited.getCpuNanos(),
        exited.getReadBytes(),
        exited.getWriteBytes());
  }

  private static TaskSeen toAvro(Fact.TaskSeen seen) {
    return new TaskSeen(
        Ids.toAvro(seen.parent()),
        Ids.toAvro(seen.executable()),
        seen.forkedWithoutExec(),
        seen.kernelThread(),
        seen.cgroupId());
  }

  private static Fact fromAvro(TaskSeen seen, Actor actor) {
    return new Fact.TaskSeen(
        actor,
        Ids.fromAvro(seen.getParent()),
        ByteText.of(seen.getExecutable()),
        seen.getForkedWithoutExec(),
        seen.getKernelThread(),
        seen.getCgroupId());
  }

  private static EventsLost toAvro(Fact.EventsLost lost) {
    return new EventsLost(
        lost.cpu(),
        lost.first(),
        lost.last(),
        lost.kinds().stream().map(kind -> new LostOfKind(kind.kind(), kind.count())).toList(),
        LossCause.valueOf(lost.cause().name()),
        lost.fromNanos(),
        lost.toNanos());
  }

  private static Fact fromAvro(EventsLost lost) {
    return new Fact.EventsLost(
        lost.getCpu(),
        lost.getFirst(),
        lost.getLast(),
        lost.getKinds().stream()
            .map(kind -> new Fact.LostOfKind(kind.getKind(), kind.getCount()))
            .toList(),
        Fact.LossCause.valueOf(lost.getCause().name()),
        lost.getFromNanos(),
        lost.getToNanos());
  }

  private static AgentStarted toAvro(Fact.AgentStarted agent) {
    return new AgentStarted(
        agent.version(), agent.pid(), agent.armedNanos(), agent.armedBy(), agent.ringBytes());
  }

  private static Fact fromAvro(AgentStarted agent) {
    return new Fact.AgentStarted(
        agent.getVersion(),
        agent.getPid(),
        agent.getArmedNanos(),
        agent.getArmedBy(),
        agent.getRingBytes());
  }

  private static Heartbeat toAvro(Fact.Heartbeat heartbeat) {
    return new Heartbeat(
        heartbeat.watermarks().stream()
            .map(mark -> new Watermark(mark.cpu(), mark.sequence()))
            .toList(),
        heartbeat.acknowledged(),
        heartbeat.lost());
  }

  private static Fact fromAvro(Heartbeat heartbeat) {
    return new Fact.Heartbeat(
        heartbeat.getWatermarks().stream()
            .map(mark -> new Fact.Watermark(mark.getCpu(), mark.getSequence()))
            .toList(),
        heartbeat.getAcknowledged(),
        heartbeat.getLost());
  }

  private static Integer boxed(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
