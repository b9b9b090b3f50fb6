package io.tasktrail.agent.filter;

import io.tasktrail.event.TaskKey;

/// A process as /proc names it.
///
/// @param pid its id in the initial pid namespace
/// @param startTicks when it began: hundredths of a second of boot time, field 22 of
///     /proc/PID/stat. A process that gets the same pid later is not meant.
public record ProcessMark(int pid, long startTicks) {

  private static final long NANOS_PER_TICK = 10_000_000;

  boolean isOf(TaskKey task) {
    return task.pid() == pid && task.startNanos() / NANOS_PER_TICK == startTicks;
  }
}
