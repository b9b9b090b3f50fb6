package io.tasktrail.history;

import io.tasktrail.event.TaskKey;

/// A task that ended and is still remembered.
///
/// @param bootNanos when it ended
public record EndedTask(TaskKey task, long bootNanos) {}
