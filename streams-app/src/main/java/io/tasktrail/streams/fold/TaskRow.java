package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskHistory;

/// A task in the state.
///
/// @param born the offset of the record that first told of it
/// @param changed the offset of the record that last changed it
record TaskRow(TaskHistory task, long born, long changed) {}
