package io.tasktrail.agent.ring;

/// The error numbers that a user can do something about (asm-generic/errno-base.h).
final class Errno {

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EACCES = 13;
  static final int EROFS = 30;

  private Errno() {}

  static String text(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file";
      case EACCES -> "permission denied";
      case EROFS -> "read-only file system";
      default -> "errno " + errno;
    };
  }
}
