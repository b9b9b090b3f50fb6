package io.tasktrail.event;

/// Where an exec happened.
///
/// @param cwd the working directory, as walked in the kernel
/// @param tty name of the controlling terminal; empty when there is none
/// @param cgroupId id of the cgroup (v2)
public record Place(ByteText cwd, String tty, Namespaces namespaces, long cgroupId) {

  /// Inode numbers of the namespaces of a task.
  public record Namespaces(long pid, long mnt, long net, long user) {}
}
