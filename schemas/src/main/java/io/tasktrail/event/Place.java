package io.tasktrail.event;

/// Where an exec happened.
///
/// @param cwd the working directory, as walked in the kernel
/// @param tty name of the controlling terminal; empty when there is none
/// @param cgroupId id of the cgroup (v2)
/// @param cgroup which one that is
/// @param ownPid the pid in the task's own pid namespace; 0: not known
public record Place(
    ByteText cwd, String tty, Namespaces namespaces, long cgroupId, Cgroup cgroup, long ownPid) {

  /// A place of which no more is known.
  public Place(ByteText cwd, String tty, Namespaces namespaces, long cgroupId) {
    this(cwd, tty, namespaces, cgroupId, Cgroup.UNKNOWN, 0);
  }

  /// The same, of whose cgroup more is known.
  public Place in(Cgroup known) {
    return new Place(cwd, tty, namespaces, cgroupId, known, ownPid);
  }

  /// Inode numbers of the namespaces of a task.
  public record Namespaces(long pid, long mnt, long net, long user) {}
}
