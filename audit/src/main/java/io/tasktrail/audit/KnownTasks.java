package io.tasktrail.audit;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.TaskKey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// The tasks of one boot of a node, by pid. Audit knows no start of a task; so a pid is another
/// task when its end was told, or when what is said of it can't be said of the one known: another
/// session without a login, or a parent that is neither its own, nor one of its ancestors, nor init
/// with the same session (only these can adopt it).
final class KnownTasks {

  /// Over it, what was not heard of for longest is forgotten, and its next record tells of a task
  /// that nobody knew.
  static final int TASKS_MAX = 65_536;

  /// Threads that may turn out to be processes.
  private static final int HATCHLINGS_MAX = 4096;

  /// How far up an adopter is looked for; it also ends a walk around a cycle.
  private static final int ANCESTORS_MAX = 64;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int INIT = 1;

  private final Map<Integer, KnownTask> tasks = bounded(TASKS_MAX);
  private final Map<Integer, TaskKey> hatchlings = bounded(HATCHLINGS_MAX);

  private static <V> Map<Integer, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
        return size() > most;
      }
    };
  }

  /// Whoever has the pid, as a record says.
  ///
  /// @param ppid of its parent, where the record says so
  /// @param nanos of the record: the start of a task that nobody knew
  /// @param login whether the record is of a change of session
  KnownTask of(
      int pid, OptionalInt ppid, ByteText comm, Credentials now, long nanos, boolean login) {
    KnownTask known = tasks.get(pid);
    if (known == null || known.ended() || (!login && isOther(known, ppid, now))) {
      TaskKey parent = ppid.isPresent() ? parent(ppid.getAsInt(), nanos) : TaskKey.ROOT;
      known = unknown(pid, parent, nanos);
    } else if (ppid.isPresent() && ppid.getAsInt() != known.parent().pid()) {
      known = known.child(parent(ppid.getAsInt(), nanos));
    }
    return put(known.heard(comm, now));
  }

  private KnownTask unknown(int pid, TaskKey parent, long nanos) {
    KnownTask above = tasks.get(parent.pid());
    long execCount = above != null && above.key().equals(parent) ? above.execCount() : 1;
    return new KnownTask(
        new TaskKey(pid, nanos),
        parent,
        execCount,
        ByteText.EMPTY,
        ByteText.EMPTY,
        KnownTask.NOBODY_KNOWN,
        false);
  }

  private TaskKey parent(int ppid, long nanos) {
    if (ppid == 0) {
      return TaskKey.ROOT;
    }
    KnownTask known = tasks.get(ppid);
    return known != null && !known.ended()
        ? known.key()
        : put(unknown(ppid, TaskKey.ROOT, nanos)).key();
  }

  private boolean isOther(KnownTask known, OptionalInt ppid, Credentials now) {
    return known.isOfOtherSession(now)
        || (ppid.isPresent() && isNeitherParentNorAdopter(known, ppid.getAsInt(), now));
  }

  private boolean isNeitherParentNorAdopter(KnownTask known, int ppid, Credentials now) {
    boolean nothingSaid = known.parent().equals(TaskKey.ROOT);
    if (ppid == known.parent().pid() || nothingSaid) {
      return false;
    }
    return ppid == INIT
        ? now.session() == Credentials.UNSET && !known.credentials().equals(KnownTask.NOBODY_KNOWN)
        : !isAncestor(known, ppid);
  }

  private boolean isAncestor(KnownTask task, int pid) {
    KnownTask at = task;
    for (int i = 0; at != null && i < ANCESTORS_MAX; i++) {
      if (at.parent().pid() == pid) {
        return true;
      }
      at = tasks.get(at.parent().pid());
    }
    return false;
  }

  KnownTask put(KnownTask task) {
    tasks.put(task.key().pid(), task);
    return task;
  }

  /// Whether a task of this pid is known that acted as a child of this one, and no earlier than it
  /// was forked: a fork is recorded when it returns, with the time when it was called, and by then
  /// the child may even have ended.
  boolean hasActed(int pid, TaskKey parent, long forkMillis) {
    KnownTask known = tasks.get(pid);
    return known != null
        && known.parent().equals(parent)
        && known.key().startNanos() / NANOS_PER_MILLI >= forkMillis;
  }

  /// The child of a fork.
  KnownTask born(int pid, KnownTask creator, TaskKey parent, long nanos) {
    return put(
        new KnownTask(
            new TaskKey(pid, nanos),
            parent,
            creator.execCount(),
            creator.comm(),
            creator.exe(),
            creator.credentials(),
            false));
  }

  /// What clone3(2) made: its flags are not recorded, so it may be a thread.
  void hatched(int id, TaskKey creator) {
    hatchlings.put(id, creator);
  }

  /// Whether a task that nobody knows is what this creator made by clone3(2): then it is one.
  boolean hatches(int pid, int ppid) {
    KnownTask known = tasks.get(pid);
    TaskKey creator = hatchlings.get(pid);
    if (creator == null || creator.pid() != ppid || (known != null && !known.ended())) {
      return false;
    }
    hatchlings.remove(pid);
    KnownTask above = tasks.get(ppid);
    return above != null && above.key().equals(creator) && !above.ended();
  }

  KnownTask at(int pid) {
    return tasks.get(pid);
  }

  /// In the order in which they would be forgotten.
  void save(StateOutput out) throws IOException {
    out.count(tasks.size());
    for (KnownTask task : tasks.values()) {
      task.save(out);
    }
    out.count(hatchlings.size());
    for (Map.Entry<Integer, TaskKey> hatchling : hatchlings.entrySet()) {
      out.count(hatchling.getKey());
      out.key(hatchling.getValue());
    }
  }

  static KnownTasks restored(StateInput in) throws IOException {
    KnownTasks known = new KnownTasks();
    for (int left = in.count(TASKS_MAX); left > 0; left--) {
      known.put(KnownTask.restored(in));
    }
    for (int left = in.count(HATCHLINGS_MAX); left > 0; left--) {
      known.hatched(in.count(Integer.MAX_VALUE), in.key());
    }
    return known;
  }
}
