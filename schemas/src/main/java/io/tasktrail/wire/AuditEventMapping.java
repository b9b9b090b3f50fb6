package io.tasktrail.wire;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.Notice;
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
        audit.task().map(HistoryMapping::toAvro).orElse(null),
        audit.notice().map(AuditEventMapping::toAvro).orElse(null),
        audit.other().map(HistoryMapping::toAvro).orElse(null),
        audit.module().map(HistoryMapping::toAvro).orElse(null),
        audit.firstSeenOnHost().orElse(null),
        audit.event().fact() instanceof Fact.Unrecognized unrecognized
            ? new io.tasktrail.avro.Unrecognized(
                unrecognized.schema(), Ids.toAvro(unrecognized.original()))
            : null);
  }

  @Override
  public AuditEvent fromAvro(io.tasktrail.avro.AuditEvent record) {
    TaskEvent event = events.fromAvro(record.getEvent());
    Header header = event.header();
    return new AuditEvent(
        event,
        record.getRevision(),
        Optional.ofNullable(record.getNotice())
            .map(
                notice ->
                    new Notice(
                        Notice.Kind.valueOf(notice.getKind().name()),
                        Optional.ofNullable(notice.getBootId())
                            .map(Ids::fromAvro)
                            .map(BootId::new))),
        Optional.ofNullable(record.getTask())
            .map(task -> HistoryMapping.fromAvro(task, header.host(), header.boot())),
        Optional.ofNullable(record.getOther())
            .map(task -> HistoryMapping.fromAvro(task, header.host(), header.boot())),
        Optional.ofNullable(record.getModule()).map(HistoryMapping::fromAvro),
        Optional.ofNullable(record.getFirstSeenOnHost()));
  }

  private static io.tasktrail.avro.Notice toAvro(Notice notice) {
    return new io.tasktrail.avro.Notice(
        io.tasktrail.avro.NoticeKind.valueOf(notice.kind().name()),
        notice.boot().map(boot -> Ids.toAvro(boot.value())).orElse(null));
  }
}
