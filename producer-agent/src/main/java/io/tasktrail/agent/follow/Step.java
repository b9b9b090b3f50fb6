package io.tasktrail.agent.follow;

/// What a look at an input gave.
public enum Step {
  /// Bytes.
  BYTES,
  /// A file ended, and another one is read from now on.
  FILE_ENDED,
  /// Nothing new.
  NOTHING,
  /// There will be no more. A followed log has no end.
  ENDED
}
