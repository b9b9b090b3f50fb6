package io.tasktrail.role;

/// What a command does once its options are read (picocli's annotations say which).
@FunctionalInterface
public interface RoleCommand {

  /// Does all of it, and returns when it is done or was asked to stop.
  ///
  /// @param shutdown knows of SIGTERM and SIGINT, and closes what it is given
  /// @throws Failure where a user can understand and cure it
  /// @throws Exception anything else is a defect, and is told as one
  void run(Shutdown shutdown) throws Exception;
}
