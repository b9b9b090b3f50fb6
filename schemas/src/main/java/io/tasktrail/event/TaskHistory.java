package io.tasktrail.event;

import java.util.OptionalLong;

/// A task with the whole history that it has so far: one row of the table of tasks.
///
/// @param parent the real parent when last heard of; [TaskKey#ROOT] when unknown or none
/// @param comm when last heard of
/// @param exitedNanos boot time of its end; empty while it lives
public record TaskHistory(
    TaskId id,
    TaskKey parent,
    TaskOrigin origin,
    ByteText comm,
    History history,
    OptionalLong exitedNanos) {

  /// The task within its boot.
  public TaskKey key() {
    return id.task();
  }
}
