package io.tasktrail.event;

/// How a task came to be known.
public enum TaskOrigin {
  /// Its fork was captured.
  OBSERVED,
  /// It was found alive.
  SNAPSHOT,
  /// Another event names it; nothing else is known.
  INFERRED
}
