package io.tasktrail.event;

/// The task of which an event speaks (of a fork: the child), as it was then.
///
/// @param parent its real parent
public record AuditedTask(TaskId id, TaskOrigin origin, Parent parent, History history) {

  /// What is known of the parent of a task.
  ///
  /// @param comm empty when the parent itself is not known
  /// @param executable empty when not known
  public record Parent(TaskKey task, ByteText comm, ByteText executable) {}
}
