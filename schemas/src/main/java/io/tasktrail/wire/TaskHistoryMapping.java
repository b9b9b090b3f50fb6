package io.tasktrail.wire;

import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
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
        task.exitedNanos().isPresent() ? task.exitedNanos().getAsLong() : null);
  }

  @Override
  public TaskHistory fromAvro(io.tasktrail.avro.TaskHistory record) {
    Long exited = record.getExitedNanos();
    return new TaskHistory(
        new TaskId(
            new HostId(Ids.fromAvro(record.getHostId())),
            new BootId(Ids.fromAvro(record.getBootId())),
            Ids.fromAvro(record.getTask())),
        Ids.fromAvro(record.getParent()),
        HistoryMapping.fromAvro(record.getOrigin()),
        ByteText.of(record.getComm()),
        HistoryMapping.fromAvro(record.getHistory()),
        exited == null ? OptionalLong.empty() : OptionalLong.of(exited));
  }
}
