package io.tasktrail.event;

import java.util.Optional;

/// The task of which an event speaks (of a fork: the child), as it was then.
///
/// @param commandLine of its current image, see [TaskHistory]; empty when not known, of an exec,
///     whose event has the arguments, and of a fork by the parent, whose command line it is
/// @param parent the real parent that it was born to, or the first that was heard of
/// @param reaper who became its parent since; empty while it has the one that it was born to
public record AuditedTask(
    TaskId id,
    TaskOrigin origin,
    ByteText commandLine,
    Parent parent,
    Optional<Parent> reaper,
    History history) {

  /// What is known of the parent of a task.
  ///
  /// @param comm empty when the parent itself is not known
  /// @param executable empty when not known
  /// @param commandLine of its current image, see [TaskHistory]; empty when not known
  public record Parent(TaskKey task, ByteText comm, ByteText executable, ByteText commandLine) {}

  /// The same task, of an event that tells its command line otherwise.
  public AuditedTask withoutCommandLine() {
    return new AuditedTask(id, origin, ByteText.EMPTY, parent, reaper, history);
  }

  /// The same task with another history.
  public AuditedTask with(History known) {
    return new AuditedTask(id, origin, commandLine, parent, reaper, known);
  }
}
