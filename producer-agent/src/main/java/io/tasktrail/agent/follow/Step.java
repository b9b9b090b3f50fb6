package io.tasktrail.agent.follow;

/// What a look at a followed log gave.
public enum Step {
  /// Bytes.
  BYTES,
  /// The file ended, and another one is read from now on.
  FILE_ENDED,
  /// Nothing new.
  NOTHING
}
