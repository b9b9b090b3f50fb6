package io.tasktrail.agent.connector;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.TaskKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The live tasks by pid, and their exec counts, which nobody but this agent has counted: they are
/// kept for the next one.
final class TaskBook {

  /// Over it, what was not heard of for longest is forgotten: what it does next tells of a task
  /// that nobody knew.
  static final int TASKS_MAX = 65_536;

  /// Of a lineage of which nothing is known: that somebody executed init, nobody counted.
  static final long COUNT_OF_ROOT = 1;

  private static final int PATH_MAX = 4096;

  private Map<Integer, KnownTask> tasks = bounded();
  private Map<Integer, Kept> kept = new HashMap<>();
  private boolean isRestored;

  /// What an earlier agent knew of a task.
  private record Kept(TaskKey key, long execCount, ByteText executable) {}

  private static Map<Integer, KnownTask> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, KnownTask> eldest) {
        return size() > TASKS_MAX;
      }
    };
  }

  Optional<KnownTask> at(int pid) {
    return Optional.ofNullable(tasks.get(pid));
  }

  KnownTask put(KnownTask task) {
    tasks.put(task.key().pid(), task);
    return task;
  }

  void remove(int pid) {
    tasks.remove(pid);
  }

  int size() {
    return tasks.size();
  }

  /// Whoever has the pid; where nobody is known, one whose start is when it was first heard of.
  KnownTask of(int pid, long nanos) {
    return at(pid)
        .orElseGet(
            () -> put(KnownTask.unknown(new TaskKey(pid, nanos), TaskKey.ROOT, COUNT_OF_ROOT)));
  }

  /// What is alive, and nothing else; what an earlier agent knew was of use.
  void replace(Iterable<KnownTask> alive) {
    tasks = bounded();
    alive.forEach(this::put);
    kept = new HashMap<>();
    isRestored = false;
  }

  /// Who was found alive: as it is known, by this agent or an earlier one, or anew.
  ///
  /// What an earlier agent did not know, or did not get to keep, it may have told of all the same,
  /// with counts that nobody knows now. Such a task has another id, a nanosecond behind.
  ///
  /// @param start of its id
  /// @param tickNanos within which two starts are one
  /// @param countAnew of one that nobody knows
  KnownTask found(
      int pid, long start, long tickNanos, ByteText executable, TaskKey parent, long countAnew) {
    KnownTask known = tasks.get(pid);
    if (known != null && isSame(known.key(), start, tickNanos)) {
      return KnownTask.unknown(
          known.key(), parent, known.execCount() + changed(known.executable(), executable));
    }
    Kept before = kept.get(pid);
    if (before != null && isSame(before.key(), start, tickNanos)) {
      return KnownTask.unknown(
          before.key(), parent, before.execCount() + changed(before.executable(), executable));
    }
    return KnownTask.unknown(new TaskKey(pid, isRestored ? start + 1 : start), parent, countAnew);
  }

  private static boolean isSame(TaskKey key, long start, long tickNanos) {
    return key.startNanos() / tickNanos == start / tickNanos;
  }

  /// One more exec, at least, where there is another image.
  private static int changed(ByteText before, ByteText now) {
    return before.isEmpty() || now.isEmpty() || before.equals(now) ? 0 : 1;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(tasks.size());
    for (KnownTask task : tasks.values()) {
      out.writeInt(task.key().pid());
      out.writeLong(task.key().startNanos());
      out.writeLong(task.execCount());
      out.writeInt(task.executable().length());
      out.write(task.executable().toBytes());
    }
  }

  /// Goes on after an earlier agent; before anything is taken.
  ///
  /// @throws IOException if it is not what [#save] wrote
  void restore(DataInput in) throws IOException {
    for (int left = count(in, TASKS_MAX); left > 0; left--) {
      TaskKey key = new TaskKey(in.readInt(), in.readLong());
      long execCount = in.readLong();
      byte[] executable = new byte[count(in, PATH_MAX)];
      in.readFully(executable);
      kept.put(key.pid(), new Kept(key, execCount, ByteText.of(executable)));
    }
    isRestored = true;
  }

  private static int count(DataInput in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("damaged: " + count + " where at most " + most + " can be");
    }
    return count;
  }
}
