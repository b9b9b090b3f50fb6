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

  /// The same task, known in this way and with this history.
  public TaskHistory with(TaskOrigin knownBy, History known) {
    return new TaskHistory(id, parent, knownBy, comm, known, exitedNanos);
  }

  /// The same task with this history.
  public TaskHistory with(History known) {
    return with(origin, known);
  }

  /// The same task, once it ended.
  public TaskHistory endedAt(long bootNanos) {
    return new TaskHistory(id, parent, origin, comm, history, OptionalLong.of(bootNanos));
  }
}
