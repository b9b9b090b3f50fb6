package io.tasktrail.wire;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.Optional;

/// `AuditedTask`, whose host and boot are those of the record that it is part of.
final class AuditedTaskForm {

  private AuditedTaskForm() {}

  static void write(AuditedTask task, AvroOutput out) {
    TaskKeyForm.write(task.id().task(), out);
    out.symbol(Symbols.of(task.origin()));
    write(task.parent(), out);
    HistoryForm.write(task.history(), out);
    out.present(task.reaper().isPresent());
    if (task.reaper().isPresent()) {
      write(task.reaper().get(), out);
    }
    out.text(task.commandLine());
  }

  static void write(Optional<AuditedTask> task, AvroOutput out) {
    out.present(task.isPresent());
    if (task.isPresent()) {
      write(task.get(), out);
    }
  }

  private static void write(AuditedTask.Parent parent, AvroOutput out) {
    TaskKeyForm.write(parent.task(), out);
    out.text(parent.comm());
    out.text(parent.executable());
    out.text(parent.commandLine());
  }

  static AuditedTask read(HostId host, BootId boot, AvroInput in) {
    TaskKey task = TaskKeyForm.read(in);
    TaskOrigin origin = Symbols.taskOrigin(in);
    AuditedTask.Parent parent = parent(in);
    History history = HistoryForm.read(in);
    Optional<AuditedTask.Parent> reaper =
        in.isPresent() ? Optional.of(parent(in)) : Optional.empty();
    ByteText commandLine = in.hasCommandLines() ? in.text() : ByteText.EMPTY;
    return new AuditedTask(
        new TaskId(host, boot, task), origin, commandLine, parent, reaper, history);
  }

  static Optional<AuditedTask> optional(HostId host, BootId boot, AvroInput in) {
    return in.isPresent() ? Optional.of(read(host, boot, in)) : Optional.empty();
  }

  private static AuditedTask.Parent parent(AvroInput in) {
    return new AuditedTask.Parent(TaskKeyForm.read(in), in.text(), in.text(), in.text());
  }
}
