package io.tasktrail.wire;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.HostId;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.Notice;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import java.util.Optional;
import org.apache.avro.Schema;

/// `AuditEvent`: the event, then the rest.
final class AuditEventForm implements Form<AuditEvent> {

  private final TaskEventForm events = new TaskEventForm();
  private final LoadedModuleForm modules = new LoadedModuleForm();

  @Override
  public Schema schema() {
    return Contract.AUDIT_EVENT;
  }

  @Override
  public void write(AuditEvent audit, AvroOutput out) {
    events.write(audit.event(), out);
    writeRest(audit, out);
  }

  /// What follows the event.
  void writeRest(AuditEvent audit, AvroOutput out) {
    out.uuid(audit.id());
    out.number(audit.revision());
    AuditedTaskForm.write(audit.task(), out);
    writeNotice(audit.notice(), out);
    AuditedTaskForm.write(audit.other(), out);
    writeModule(audit.module(), out);
    writeFlag(audit.firstSeenOnHost(), out);
    writeOriginal(audit.event().fact(), out);
    writeOrigin(audit.signalOrigin(), out);
  }

  private static void writeOrigin(Optional<SignalOrigin> origin, AvroOutput out) {
    out.present(origin.isPresent());
    if (origin.isPresent()) {
      out.symbol(Symbols.of(origin.get()));
    }
  }

  private static void writeNotice(Optional<Notice> notice, AvroOutput out) {
    out.present(notice.isPresent());
    if (notice.isPresent()) {
      out.symbol(Symbols.of(notice.get().kind()));
      OptionalForm.write(notice.get().boot().map(BootId::value), out);
    }
  }

  private void writeModule(Optional<LoadedModule> module, AvroOutput out) {
    out.present(module.isPresent());
    if (module.isPresent()) {
      modules.write(module.get(), out);
    }
  }

  private static void writeFlag(Optional<Boolean> flag, AvroOutput out) {
    out.present(flag.isPresent());
    if (flag.isPresent()) {
      out.flag(flag.get());
    }
  }

  private static void writeOriginal(Fact fact, AvroOutput out) {
    if (fact instanceof Fact.Unrecognized unrecognized) {
      out.present(true);
      out.number(unrecognized.schema());
      out.text(unrecognized.original());
    } else {
      out.present(false);
    }
  }

  @Override
  public AuditEvent read(AvroInput in) {
    TaskEvent event = events.read(in);
    HostId host = event.header().host();
    BootId boot = event.header().boot();
    in.uuid();
    int revision = in.integer();
    Optional<AuditedTask> task = AuditedTaskForm.optional(host, boot, in);
    Optional<Notice> notice = in.isPresent() ? Optional.of(notice(in)) : Optional.empty();
    Optional<AuditedTask> other = AuditedTaskForm.optional(host, boot, in);
    Optional<LoadedModule> module =
        in.isPresent() ? Optional.of(modules.read(in)) : Optional.empty();
    Optional<Boolean> firstSeen = in.isPresent() ? Optional.of(in.flag()) : Optional.empty();
    TaskEvent whole = withOriginal(event, in);
    Optional<SignalOrigin> origin =
        in.isPresent() ? Optional.of(Symbols.signalOrigin(in)) : Optional.empty();
    return new AuditEvent(whole, revision, notice, task, other, module, firstSeen, origin);
  }

  private static Notice notice(AvroInput in) {
    return new Notice(Symbols.noticeKind(in), OptionalForm.uuid(in).map(BootId::new));
  }

  private static TaskEvent withOriginal(TaskEvent event, AvroInput in) {
    return in.isPresent()
        ? new TaskEvent(event.header(), new Fact.Unrecognized(in.number(), in.text()))
        : event;
  }
}
