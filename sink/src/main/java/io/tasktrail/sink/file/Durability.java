package io.tasktrail.sink.file;

/// When lines are forced to the disk. A process that is killed loses nothing in any case: what it
/// wrote is the kernel's.
enum Durability {
  /// At each sync.
  ALWAYS,
  /// When a file is finished: a power failure may take the newest lines of the current file.
  ROTATE,
  /// By the kernel, when it likes.
  NEVER;

  boolean atSync() {
    return this == ALWAYS;
  }

  boolean atFinish() {
    return this != NEVER;
  }
}
