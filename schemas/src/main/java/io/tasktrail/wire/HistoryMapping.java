package io.tasktrail.wire;

import io.tasktrail.avro.DoubtReason;
import io.tasktrail.avro.ParentTask;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskOrigin;
import java.util.Optional;
import java.util.OptionalLong;

/// A history to its record, and back. What derives from the rest (completeness, missing links) is
/// written for readers and not read.
final class HistoryMapping {

  private HistoryMapping() {}

  static io.tasktrail.avro.History toAvro(History history) {
    return new io.tasktrail.avro.History(
        history.links().stream().map(HistoryMapping::toAvro).toList(),
        new io.tasktrail.avro.Omitted(
            history.omitted().count(), Ids.toAvro(history.omitted().digest())),
        history.execCount(),
        history.missingLinks(),
        io.tasktrail.avro.Completeness.valueOf(history.completeness().name()),
        history.doubts().stream().map(HistoryMapping::toAvro).toList());
  }

  static History fromAvro(io.tasktrail.avro.History history) {
    return new History(
        history.getLinks().stream().map(HistoryMapping::fromAvro).toList(),
        new Omitted(history.getOmitted().getCount(), ByteText.of(history.getOmitted().getDigest())),
        history.getExecCount(),
        history.getDoubtful().stream().map(HistoryMapping::fromAvro).toList());
  }

  static io.tasktrail.avro.TaskOrigin toAvro(TaskOrigin origin) {
    return io.tasktrail.avro.TaskOrigin.valueOf(origin.name());
  }

  /// What a newer writer may call otherwise is not known to be better than inferred.
  static TaskOrigin fromAvro(io.tasktrail.avro.TaskOrigin origin) {
    return switch (origin) {
      case OBSERVED -> TaskOrigin.OBSERVED;
      case SNAPSHOT -> TaskOrigin.SNAPSHOT;
      case INFERRED, UNKNOWN -> TaskOrigin.INFERRED;
    };
  }

  static io.tasktrail.avro.AuditedTask toAvro(AuditedTask task) {
    return new io.tasktrail.avro.AuditedTask(
        Ids.toAvro(task.id().task()),
        toAvro(task.origin()),
        toAvro(task.parent()),
        toAvro(task.history()),
        task.reaper().map(HistoryMapping::toAvro).orElse(null));
  }

  private static ParentTask toAvro(AuditedTask.Parent parent) {
    return new ParentTask(
        Ids.toAvro(parent.task()),
        Ids.toAvro(parent.comm()),
        Ids.toAvro(parent.executable()),
        Ids.toAvro(parent.commandLine()));
  }

  static AuditedTask fromAvro(io.tasktrail.avro.AuditedTask task, HostId host, BootId boot) {
    return new AuditedTask(
        new TaskId(host, boot, Ids.fromAvro(task.getTask())),
        fromAvro(task.getOrigin()),
        fromAvro(task.getParent()),
        Optional.ofNullable(task.getReaper()).map(HistoryMapping::fromAvro),
        fromAvro(task.getHistory()));
  }

  private static AuditedTask.Parent fromAvro(ParentTask parent) {
    return new AuditedTask.Parent(
        Ids.fromAvro(parent.getTask()),
        ByteText.of(parent.getComm()),
        ByteText.of(parent.getExecutable()),
        ByteText.of(parent.getCommandLine()));
  }

  static io.tasktrail.avro.LoadedModule toAvro(LoadedModule module) {
    return new io.tasktrail.avro.LoadedModule(
        Ids.toAvro(module.host().value()),
        Ids.toAvro(module.boot().value()),
        Ids.toAvro(module.name()),
        module.taints(),
        module.loadedNanos().isPresent() ? module.loadedNanos().getAsLong() : null,
        module.loader().map(HistoryMapping::toAvro).orElse(null));
  }

  static LoadedModule fromAvro(io.tasktrail.avro.LoadedModule module) {
    HostId host = new HostId(Ids.fromAvro(module.getHostId()));
    BootId boot = new BootId(Ids.fromAvro(module.getBootId()));
    return new LoadedModule(
        host,
        boot,
        ByteText.of(module.getName()),
        module.getTaints(),
        module.getLoadedNanos() == null
            ? OptionalLong.empty()
            : OptionalLong.of(module.getLoadedNanos()),
        Optional.ofNullable(module.getLoader()).map(task -> fromAvro(task, host, boot)));
  }

  private static io.tasktrail.avro.Link toAvro(Link link) {
    return new io.tasktrail.avro.Link(
        link.ordinal(),
        Ids.toAvro(link.task()),
        Ids.toAvro(link.comm()),
        Ids.toAvro(link.executable()),
        link.uid(),
        link.auid(),
        link.startNanos(),
        io.tasktrail.avro.LinkSource.valueOf(link.source().name()));
  }

  private static Link fromAvro(io.tasktrail.avro.Link link) {
    return new Link(
        link.getOrdinal(),
        Ids.fromAvro(link.getTask()),
        ByteText.of(link.getComm()),
        ByteText.of(link.getExecutable()),
        link.getUid(),
        link.getAuid(),
        link.getStartNanos(),
        fromAvro(link.getSource()));
  }

  private static LinkSource fromAvro(io.tasktrail.avro.LinkSource source) {
    return switch (source) {
      case ROOT -> LinkSource.ROOT;
      case EXECUTED -> LinkSource.EXECUTED;
      case SEEN -> LinkSource.SEEN;
      case PRESUMED, UNKNOWN -> LinkSource.PRESUMED;
    };
  }

  private static io.tasktrail.avro.Doubt toAvro(Doubt doubt) {
    return new io.tasktrail.avro.Doubt(
        doubt.first(),
        doubt.last(),
        DoubtReason.valueOf(doubt.reason().name()),
        Ids.toAvroOrNull(doubt.loss()));
  }

  private static Doubt fromAvro(io.tasktrail.avro.Doubt doubt) {
    return new Doubt(
        doubt.getFirst(),
        doubt.getLast(),
        fromAvro(doubt.getReason()),
        Optional.ofNullable(doubt.getLoss()).map(Ids::fromAvro));
  }

  private static Doubt.Reason fromAvro(DoubtReason reason) {
    return switch (reason) {
      case BEFORE_CAPTURE -> Doubt.Reason.BEFORE_CAPTURE;
      case LOST -> Doubt.Reason.LOST;
      case CREATOR_UNKNOWN, UNKNOWN -> Doubt.Reason.CREATOR_UNKNOWN;
    };
  }
}
