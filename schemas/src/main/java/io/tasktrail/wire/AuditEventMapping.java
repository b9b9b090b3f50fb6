package io.tasktrail.wire;

import io.tasktrail.avro.ParentTask;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.Optional;
import org.apache.avro.Schema;

/// An event with its history to `AuditEvent`, and back.
final class AuditEventMapping implements Mapping<AuditEvent, io.tasktrail.avro.AuditEvent> {

  private final TaskEventMapping events = new TaskEventMapping();

  @Override
  public Schema schema() {
    return Contract.AUDIT_EVENT;
  }

  @Override
  public io.tasktrail.avro.AuditEvent toAvro(AuditEvent audit) {
    return new io.tasktrail.avro.AuditEvent(
        events.toAvro(audit.event()),
        Ids.toAvro(audit.id()),
        audit.revision(),
        audit.task().map(AuditEventMapping::toAvro).orElse(null));
  }

  @Override
  public AuditEvent fromAvro(io.tasktrail.avro.AuditEvent record) {
    TaskEvent event = events.fromAvro(record.getEvent());
    return new AuditEvent(
        event,
        record.getRevision(),
        Optional.ofNullable(record.getTask()).map(task -> fromAvro(task, event.header())));
  }

  private static io.tasktrail.avro.AuditedTask toAvro(AuditedTask task) {
    AuditedTask.Parent parent = task.parent();
    return new io.tasktrail.avro.AuditedTask(
        Ids.toAvro(task.id().task()),
        HistoryMapping.toAvro(task.origin()),
        new ParentTask(
            Ids.toAvro(parent.task()), Ids.toAvro(parent.comm()), Ids.toAvro(parent.executable())),
        HistoryMapping.toAvro(task.history()));
  }

  private static AuditedTask fromAvro(io.tasktrail.avro.AuditedTask task, Header header) {
    ParentTask parent = task.getParent();
    return new AuditedTask(
        header.taskId(Ids.fromAvro(task.getTask())),
        HistoryMapping.fromAvro(task.getOrigin()),
        new AuditedTask.Parent(
            Ids.fromAvro(parent.getTask()),
            ByteText.of(parent.getComm()),
            ByteText.of(parent.getExecutable())),
        HistoryMapping.fromAvro(task.getHistory()));
  }
}
