package io.tasktrail.agent;

import io.tasktrail.role.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The JVM of `tasktrail agent`.
public final class AgentMain {

  private AgentMain() {}

  /// Runs the command, and ends with its exit status.
  public static void main(String[] args) {
    takeName();
    Launch.main(new AgentCommand(), args);
  }

  /// So that `ps`, and a second agent that is refused, name it; else it would be one more `java`.
  private static void takeName() {
    try {
      Files.writeString(Path.of("/proc/self/comm"), "tasktrail-agent");
    } catch (IOException nameStays) {
      // Nothing depends on it.
    }
  }
}
