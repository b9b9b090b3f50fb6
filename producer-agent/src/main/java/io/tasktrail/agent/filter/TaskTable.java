package io.tasktrail.agent.filter;

import io.tasktrail.event.Cgroup;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the rules said of each live task. A task is there from its fork, or since it was found
/// alive, to its exit; one whose exit was lost goes when a snapshot does not find it.
///
/// Bounded: at the bound a new task is not taken, and what it does is told until it executes
/// something. So a fork bomb is told.
final class TaskTable {

  /// Bound of the tasks.
  static final int TASKS_MAX = 32_768;

  private final Map<TaskKey, KnownTask> tasks = new HashMap<>();
  private final int most;
  private Set<ProcessMark> added = Set.of();
  private long sweep;
  private long leftOut;
  private long adoptions;

  TaskTable() {
    this(TASKS_MAX);
  }

  TaskTable(int most) {
    this.most = most;
  }

  int size() {
    return tasks.size();
  }

  /// How many tasks were not taken.
  long leftOut() {
    return leftOut;
  }

  /// Null for a task that is not there.
  KnownTask get(TaskKey task) {
    return tasks.get(task);
  }

  /// A task was forked: it is as its creator is.
  void born(TaskKey task, TaskKey creator) {
    if (!tasks.containsKey(task)) {
      KnownTask from = tasks.get(creator);
      put(
          task,
          new KnownTask(
              creator,
              from != null && from.isQuiet(),
              from == null ? Cgroup.UNKNOWN : from.cgroup(),
              addedWith(task, from == null ? null : from.addedWith()),
              sweep));
    }
  }

  /// A task executes a program, or was found alive with one.
  ///
  /// @param parent whose child it is, if it was not there before
  void judged(TaskKey task, TaskKey parent, boolean quiet, Cgroup cgroup) {
    KnownTask known = tasks.get(task);
    if (known != null) {
      known.judged(quiet, cgroup);
      known.seenIn(sweep);
    } else {
      KnownTask from = tasks.get(parent);
      ProcessMark inherited = addedWith(task, from == null ? null : from.addedWith());
      put(task, new KnownTask(parent, quiet, cgroup, inherited, sweep));
    }
  }

  private void put(TaskKey task, KnownTask known) {
    if (tasks.size() < most) {
      tasks.put(task, known);
    } else {
      leftOut++;
    }
  }

  private ProcessMark addedWith(TaskKey task, ProcessMark inherited) {
    for (ProcessMark process : added) {
      if (process.isOf(task)) {
        return process;
      }
    }
    return inherited;
  }

  void ended(TaskKey task) {
    tasks.remove(task);
  }

  /// A snapshot begins: what it does not find, and is not born meanwhile, is not alive.
  void snapshotStarted() {
    sweep++;
  }

  /// The snapshot is done.
  void snapshotFinished() {
    tasks.values().removeIf(task -> !task.isSeenSince(sweep));
  }

  /// Other processes were added: theirs are the descendants, too, that live already, as far as the
  /// tasks between them do.
  void added(Set<ProcessMark> processes) {
    added = processes;
    adoptions++;
    tasks.forEach(this::adopt);
  }

  /// Each task is looked at once, however deep the tree: what is found holds for the whole way.
  private void adopt(TaskKey task, KnownTask from) {
    List<KnownTask> way = new ArrayList<>();
    TaskKey at = task;
    KnownTask known = from;
    ProcessMark process = null;
    while (process == null && known != null && known.isNewTo(adoptions)) {
      way.add(known);
      process = addedWith(at, kept(known));
      at = known.creator();
      known = tasks.get(at);
    }
    if (process == null && known != null) {
      process = kept(known);
    }
    for (KnownTask each : way) {
      each.addWith(process);
    }
  }

  private ProcessMark kept(KnownTask task) {
    ProcessMark process = task.addedWith();
    return process != null && added.contains(process) ? process : null;
  }
}
