package io.tasktrail.demo;

import io.tasktrail.role.Launch;

/// `tasktrail demo`.
public final class DemoMain {

  private DemoMain() {}

  /// Runs it as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new DemoCommand(), args);
  }
}
