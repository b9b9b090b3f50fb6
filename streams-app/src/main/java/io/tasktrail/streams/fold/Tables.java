package io.tasktrail.streams.fold;

import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import io.tasktrail.history.HostState.Sightings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The tables that others read: which tasks live, which modules are loaded, which lineages are
/// normal.
///
/// The table of tasks is told of a task a little later than it changes, and of one that was born
/// and died in between never: most do. What it was told stands in the state beside the task, so
/// that nothing is forgotten when an instance dies.
final class Tables {

  /// A row, or its end, to be sent.
  ///
  /// @param sink where
  /// @param value null for a tombstone
  record Row(String sink, String key, Object value) {}

  /// Over it, the table of tasks is told at once.
  private static final int UNTOLD_MAX = 10_000;

  private final Consumer<Row> sending;
  private final Set<TaskId> untold = new LinkedHashSet<>();
  private final List<TaskId> touched = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /// @param sending sends a row
  Tables(Consumer<Row> sending) {
    this.sending = sending;
  }

  /// A task was born, or changed.
  void changed(TaskId task) {
    touched.add(task);
  }

  /// A task is not remembered any more.
  ///
  /// @param row what was remembered
  void forgotten(TaskId task, TaskRow row) {
    touched.add(task);
    if (row.listed()) {
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

  /// A lineage was executed: told when it is new, then each time that its count has doubled, and
  /// once an hour.
  void executed(Lineage lineage, Optional<Sightings> before) {
    boolean doubled = Long.bitCount(lineage.count()) == 1;
    boolean anotherHour =
        before.filter(seen -> hour(seen.lastNanos()) == hour(lineage.lastNanos())).isEmpty();
    if (doubled || anotherHour) {
      String key = lineage.host() + "/" + lineage.fingerprint();
      rows.add(new Row(HistoryTopology.LINEAGES, key, lineage));
    }
  }

  private static long hour(long nanos) {
    return TimeUnit.NANOSECONDS.toHours(nanos);
  }

  /// The event at hand is done.
  void settle() {
    untold.addAll(touched);
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
  /// @param changes receives that they were told
  void tell(Shelf<TaskId, TaskRow> tasks, Changes changes) {
    for (TaskId id : untold) {
      Cell<TaskRow> cell = tasks.at(id);
      cell.get()
          .filter(row -> !row.told() && (row.listed() || lives(row.task())))
          .ifPresent(
              row -> {
                sending.accept(
                    new Row(HistoryTopology.TASK_HISTORY, id.uuid().toString(), row.task()));
                cell.put(row.asTold());
              });
    }
    untold.clear();
    changes.settle();
    tasks.trim();
  }

  private static boolean lives(TaskHistory task) {
    return task.exitedNanos().isEmpty();
  }
}
