package io.tasktrail.event;

/// A task within one boot of a host.
///
/// @param pid the thread group id in the initial pid namespace; 0 is the kernel's first task
/// @param startNanos `start_boottime` of the thread group leader, nanoseconds since boot: identity
///     only. It tells two tasks apart that were given the same pid
public record TaskKey(int pid, long startNanos) {

  /// The kernel's first task, `swapper/0`: the root of every lineage.
  public static final TaskKey ROOT = new TaskKey(0, 0);

  /// As of any record; written out because tasks are looked up several times an event.
  @Override
  public boolean equals(Object other) {
    return other instanceof TaskKey that && pid == that.pid && startNanos == that.startNanos;
  }

  /// See [#equals].
  @Override
  public int hashCode() {
    return 31 * pid + Long.hashCode(startNanos);
  }
}
