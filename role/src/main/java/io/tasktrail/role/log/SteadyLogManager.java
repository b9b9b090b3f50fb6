package io.tasktrail.role.log;

import java.util.logging.LogManager;

/// Goes on while the JVM ends: that of the JDK closes its handlers as soon as the JVM is told to,
/// and what a role says while it ends in good order would be lost. The launcher names it in
/// `-Djava.util.logging.manager`.
public final class SteadyLogManager extends LogManager {

  @Override
  public void reset() {
    // what is logged goes to standard error, which nobody needs to close
  }
}
