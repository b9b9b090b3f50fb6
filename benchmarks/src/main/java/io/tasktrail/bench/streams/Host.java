package io.tasktrail.bench.streams;

import io.tasktrail.event.TaskEvent;

/// A made-up host that never ends to say what happens on it.
interface Host {

  TaskEvent next();

  /// How many of its tasks are alive, after what it has said so far.
  int live();
}
