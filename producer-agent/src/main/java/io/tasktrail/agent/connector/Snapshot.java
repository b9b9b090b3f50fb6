package io.tasktrail.agent.connector;

import io.tasktrail.agent.proc.Stat;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is alive, as it is read one by one in no order that counts: once all are there each has a
/// parent, and an exec count.
final class Snapshot {

  /// How far up it is looked for what is not known; it also ends a walk around a cycle.
  private static final int ANCESTORS_MAX = 1024;

  private final long startedNanos;
  private final Map<Integer, Found> found = new HashMap<>();
  private final Map<Integer, Alive> alive = new HashMap<>();

  private record Found(ListenRecord record, TaskReading reading, Stat stat) {}

  /// One that is alive.
  ///
  /// @param fact that says so
  record Alive(KnownTask task, Fact.TaskSeen fact) {}

  Snapshot(long startedNanos) {
    this.startedNanos = startedNanos;
  }

  /// When it began, boot time.
  long startedNanos() {
    return startedNanos;
  }

  void add(ListenRecord record) {
    TaskReading reading = new TaskReading(record);
    reading
        .stat()
        .filter(stat -> !stat.hasEnded())
        .filter(_ -> found.size() < TaskBook.TASKS_MAX)
        .ifPresent(stat -> found.put(record.pid(), new Found(record, reading, stat)));
  }

  /// All of them, parents before their children.
  List<Alive> in(TaskBook book, long tickNanos) {
    List<Alive> all = new ArrayList<>();
    for (int pid : found.keySet()) {
      resolve(pid, book, tickNanos, all, ANCESTORS_MAX);
    }
    return all;
  }

  private Optional<KnownTask> resolve(
      int pid, TaskBook book, long tickNanos, List<Alive> all, int generations) {
    Alive known = alive.get(pid);
    Found task = found.get(pid);
    if (known != null || task == null || generations == 0) {
      return Optional.ofNullable(known).map(Alive::task);
    }
    Optional<KnownTask> parent =
        resolve(task.stat().parent(), book, tickNanos, all, generations - 1);
    Alive resolved = resolved(task, parent, book, tickNanos);
    alive.put(pid, resolved);
    all.add(resolved);
    return Optional.of(resolved.task());
  }

  private static Alive resolved(
      Found found, Optional<KnownTask> parent, TaskBook book, long tickNanos) {
    Stat stat = found.stat();
    TaskKey above = parent.map(KnownTask::key).orElse(TaskKey.ROOT);
    long inherited = parent.map(KnownTask::execCount).orElse(TaskBook.COUNT_OF_ROOT);
    boolean hasOwnImage = !stat.isForkedWithoutExec() && !stat.isKernelThread();
    TaskReading reading = found.reading();
    KnownTask counted =
        book.found(
            found.record().pid(),
            stat.startTicks() * tickNanos,
            tickNanos,
            reading.executable(),
            above,
            inherited + (hasOwnImage ? 1 : 0));
    KnownTask task =
        new KnownTask(
            counted.key(),
            above,
            counted.execCount(),
            stat.comm(),
            reading.executable(),
            reading.credentials(KnownTask.NOBODY_KNOWN),
            Math.max(1, stat.threads()),
            found.record().bootNanos());
    return new Alive(
        task,
        new Fact.TaskSeen(
            task.actor(),
            above,
            reading.executable(),
            Arguments.NONE,
            stat.isForkedWithoutExec(),
            stat.isKernelThread(),
            0,
            reading.cgroup()));
  }
}
