package io.tasktrail.agent;

import io.tasktrail.role.Launch;

/// The JVM of `tasktrail agent`.
public final class AgentMain {

  private AgentMain() {}

  /// Runs the command, and ends with its exit status.
  public static void main(String[] args) {
    Launch.main(new AgentCommand(), args);
  }
}
