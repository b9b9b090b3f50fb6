package io.tasktrail.wire;

import io.tasktrail.event.TaskKey;

/// `TaskKey`.
final class TaskKeyForm {

  private TaskKeyForm() {}

  static void write(TaskKey task, AvroOutput out) {
    out.number(task.pid());
    out.number(task.startNanos());
  }

  static TaskKey read(AvroInput in) {
    return new TaskKey(in.integer(), in.number());
  }
}
