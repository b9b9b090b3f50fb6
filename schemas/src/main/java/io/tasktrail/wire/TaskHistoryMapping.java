package io.tasktrail.wire;

import io.tasktrail.avro.Birth;
import io.tasktrail.avro.FatalSignal;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/// A row of the table of tasks to `TaskHistory`, and back.
final class TaskHistoryMapping implements Mapping<TaskHistory, io.tasktrail.avro.TaskHistory> {

  @Override
  public Schema schema() {
    return Contract.TASK_HISTORY;
  }

  @Override
  public io.tasktrail.avro.TaskHistory toAvro(TaskHistory task) {
    return new io.tasktrail.avro.TaskHistory(
        Ids.toAvro(task.id().host().value()),
        Ids.toAvro(task.id().boot().value()),
        Ids.toAvro(task.key()),
        Ids.toAvro(task.parent()),
        HistoryMapping.toAvro(task.origin()),
        Ids.toAvro(task.comm()),
        HistoryMapping.toAvro(task.history()),
        boxed(task.exitedNanos()),
        task.birth()
            .map(birth -> new Birth(Ids.toAvro(birth.creator()), birth.execCount()))
            .orElse(null),
        task.reaper().map(Ids::toAvro).orElse(null),
        Ids.toAvro(task.commandLine()),
        task.signal()
            .map(sent -> new FatalSignal(sent.signal(), HistoryMapping.toAvro(sent.sender())))
            .orElse(null),
        boxed(task.seenNanos()));
  }

  @Override
  public TaskHistory fromAvro(io.tasktrail.avro.TaskHistory record) {
    HostId host = new HostId(Ids.fromAvro(record.getHostId()));
    BootId boot = new BootId(Ids.fromAvro(record.getBootId()));
    return new TaskHistory(
        new TaskId(host, boot, Ids.fromAvro(record.getTask())),
        Optional.ofNullable(record.getBirth())
            .map(
                birth ->
                    new io.tasktrail.event.Birth(
                        Ids.fromAvro(birth.getCreator()), birth.getExecCount())),
        Ids.fromAvro(record.getParent()),
        Optional.ofNullable(record.getReaper()).map(Ids::fromAvro),
        HistoryMapping.fromAvro(record.getOrigin()),
        ByteText.of(record.getComm()),
        ByteText.of(record.getCommandLine()),
        HistoryMapping.fromAvro(record.getHistory()),
        Optional.ofNullable(record.getSignal())
            .map(
                sent ->
                    new io.tasktrail.event.FatalSignal(
                        sent.getSignal(), HistoryMapping.fromAvro(sent.getSender(), host, boot))),
        optional(record.getSeenNanos()),
        optional(record.getExitedNanos()));
  }

  private static Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static OptionalLong optional(Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
