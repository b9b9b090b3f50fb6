package io.tasktrail.agent;

import io.tasktrail.role.Launch;

/// The JVM of `tasktrail agent ctl`.
public final class ControlMain {

  private ControlMain() {}

  /// Runs the command, and ends with its exit status.
  public static void main(String[] args) {
    Launch.main(new ControlCommand(), args);
  }
}
