package io.tasktrail.streams.fold;

import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.HostId;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The tables that others read: which tasks live, which modules are loaded, which lineages are
/// normal, what agents say of themselves.
///
/// The table of tasks is told of a task a little later than it changes, and of one that was born
/// and died in between never: most do. Up to which record it was told stands in the state, and
/// beside each task by which records it was born and changed: so nothing is forgotten when an
/// instance dies.
final class Tables {

  /// A row, or its end, to be sent.
  ///
  /// @param sink where
  /// @param value null for a tombstone
  record Row(String sink, String key, Object value) {}

  /// Over it, the table of tasks is told at once.
  private static final int UNTOLD_MAX = 10_000;

  private static final long NOTHING = -1;

  private final Consumer<Row> sending;
  private final Cell<Long> toldUpTo;
  private final List<TaskId> untold = new ArrayList<>();
  private final List<TaskId> touched = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /// @param toldUpTo the offset of the last record whose changes the table of tasks was told
  /// @param sending sends a row
  Tables(Cell<Long> toldUpTo, Consumer<Row> sending) {
    this.toldUpTo = toldUpTo;
    this.sending = sending;
  }

  /// A task was born, or changed after the table was told of it.
  void changed(TaskId task) {
    untold.add(task);
    touched.add(task);
  }

  /// A task changed once more before the table was told of it.
  void changedAgain(TaskId task) {
    touched.add(task);
  }

  /// Whether the table of tasks was told of what the record with this offset changed.
  boolean isTold(long offset) {
    return offset <= toldUpTo.orElse(NOTHING);
  }

  /// A task is not remembered any more.
  ///
  /// @param row what was remembered
  void forgotten(TaskId task, TaskRow row) {
    touched.add(task);
    if (isTold(row.born())) {
      rows.add(new Row(HistoryTopology.TASK_HISTORY, task.uuid().toString(), null));
    }
  }

  /// The tasks that the event at hand changed.
  List<TaskId> touched() {
    return touched;
  }

  void loaded(LoadedModule module) {
    String key = key(module.host(), module.boot(), module.name());
    rows.add(new Row(HistoryTopology.MODULES, key, module));
  }

  void unloaded(HostId host, BootId boot, ByteText name) {
    rows.add(new Row(HistoryTopology.MODULES, key(host, boot, name), null));
  }

  private static String key(HostId host, BootId boot, ByteText name) {
    return host + "/" + boot + "/" + name;
  }

  void executed(Lineage lineage) {
    String key = lineage.host() + "/" + lineage.fingerprint();
    rows.add(new Row(HistoryTopology.LINEAGES, key, lineage));
  }

  void said(HostStatus status) {
    rows.add(new Row(HistoryTopology.HOSTS, status.host().toString(), status));
  }

  /// A host is not remembered any more.
  void forgotten(HostId host) {
    rows.add(new Row(HistoryTopology.HOSTS, host.toString(), null));
  }

  /// The event at hand is done.
  void settle() {
    touched.clear();
    rows.forEach(sending);
    rows.clear();
  }

  /// The event at hand is as if it had never come.
  void drop() {
    touched.clear();
    rows.clear();
  }

  /// Whether there is much to tell.
  boolean isDue() {
    return untold.size() >= UNTOLD_MAX;
  }

  /// Tells the table of tasks what it was not told.
  ///
  /// @param tasks where the tasks are
  /// @param offset of the last record
  void tell(Shelf<TaskId, TaskRow> tasks, long offset) {
    if (!untold.isEmpty()) {
      untold.forEach(id -> tasks.at(id).get().ifPresent(row -> tell(id, row)));
      untold.clear();
      toldUpTo.put(offset);
    }
  }

  private void tell(TaskId id, TaskRow row) {
    if (isTold(row.born()) || row.task().exitedNanos().isEmpty()) {
      sending.accept(new Row(HistoryTopology.TASK_HISTORY, id.uuid().toString(), row.task()));
    }
  }
}
