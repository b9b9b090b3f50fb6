package io.tasktrail.agent;

import io.tasktrail.role.Launch;

/// The JVM of `tasktrail mask`.
public final class MaskMain {

  private MaskMain() {}

  /// Runs the command, and ends with its exit status.
  public static void main(String[] args) {
    Launch.main(new MaskCommand(), args);
  }
}
