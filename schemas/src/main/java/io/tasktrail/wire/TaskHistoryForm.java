package io.tasktrail.wire;

import io.tasktrail.event.Birth;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.FatalSignal;
import io.tasktrail.event.History;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/// `TaskHistory`.
final class TaskHistoryForm implements Form<TaskHistory> {

  private final Repeated repeated = new Repeated();

  @Override
  public Schema schema() {
    return Contract.TASK_HISTORY;
  }

  @Override
  public void write(TaskHistory task, AvroOutput out) {
    out.uuid(task.id().host().value());
    out.uuid(task.id().boot().value());
    TaskKeyForm.write(task.key(), out);
    writeBefore(task, out);
    HistoryForm.write(task.history(), out);
    writeAfter(task, out);
  }

  /// All but what names the task, and the root of its history.
  static void writeUnnamed(TaskHistory task, AvroOutput out) {
    writeBefore(task, out);
    HistoryForm.writeUnrooted(task.history(), out);
    writeAfter(task, out);
  }

  private static void writeBefore(TaskHistory task, AvroOutput out) {
    TaskKeyForm.write(task.parent(), out);
    out.symbol(Symbols.of(task.origin()));
    out.text(task.comm());
  }

  private static void writeAfter(TaskHistory task, AvroOutput out) {
    OptionalForm.write(task.exitedNanos(), out);
    writeBirth(task.birth(), out);
    writeReaper(task.reaper(), out);
    out.text(task.commandLine());
    writeSignal(task.signal(), out);
    OptionalForm.write(task.seenNanos(), out);
  }

  private static void writeBirth(Optional<Birth> birth, AvroOutput out) {
    out.present(birth.isPresent());
    if (birth.isPresent()) {
      TaskKeyForm.write(birth.get().creator(), out);
      out.number(birth.get().execCount());
    }
  }

  private static void writeReaper(Optional<TaskKey> reaper, AvroOutput out) {
    out.present(reaper.isPresent());
    if (reaper.isPresent()) {
      TaskKeyForm.write(reaper.get(), out);
    }
  }

  private static void writeSignal(Optional<FatalSignal> signal, AvroOutput out) {
    out.present(signal.isPresent());
    if (signal.isPresent()) {
      out.number(signal.get().signal());
      AuditedTaskForm.write(signal.get().sender(), out);
      out.symbol(Symbols.of(signal.get().origin()));
    }
  }

  @Override
  public TaskHistory read(AvroInput in) {
    HostId host = repeated.host(in);
    BootId boot = repeated.boot(in);
    return readRooted(new TaskId(host, boot, TaskKeyForm.read(in)), in);
  }

  /// See [#writeUnnamed].
  static TaskHistory readUnnamed(TaskId id, AvroInput in) {
    return read(id, in, HistoryForm::readUnrooted);
  }

  /// The same with the root of the history.
  static TaskHistory readRooted(TaskId id, AvroInput in) {
    return read(id, in, HistoryForm::read);
  }

  private static TaskHistory read(TaskId id, AvroInput in, AvroInput.Item<History> histories) {
    TaskKey parent = TaskKeyForm.read(in);
    TaskOrigin origin = Symbols.taskOrigin(in);
    ByteText comm = in.text();
    History history = histories.read(in);
    OptionalLong exited = OptionalForm.number(in);
    Optional<Birth> birth = in.isPresent() ? Optional.of(birth(in)) : Optional.empty();
    Optional<TaskKey> reaper =
        in.isPresent() ? Optional.of(TaskKeyForm.read(in)) : Optional.empty();
    ByteText commandLine = in.text();
    Optional<FatalSignal> signal =
        in.isPresent() ? Optional.of(signal(id.host(), id.boot(), in)) : Optional.empty();
    OptionalLong seen = OptionalForm.number(in);
    return new TaskHistory(
        id, birth, parent, reaper, origin, comm, commandLine, history, signal, seen, exited);
  }

  private static Birth birth(AvroInput in) {
    return new Birth(TaskKeyForm.read(in), in.number());
  }

  private static FatalSignal signal(HostId host, BootId boot, AvroInput in) {
    return new FatalSignal(
        in.integer(), AuditedTaskForm.read(host, boot, in), Symbols.signalOrigin(in));
  }
}
