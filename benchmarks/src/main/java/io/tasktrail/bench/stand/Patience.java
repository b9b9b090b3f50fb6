package io.tasktrail.bench.stand;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for a condition by looking again and again.
///
/// @param shutdown whether to go on at all
/// @param atMost how long
/// @param look how often
public record Patience(Shutdown shutdown, Duration atMost, Duration look) {

  /// For what takes some seconds.
  public static Patience of(Shutdown shutdown) {
    return new Patience(shutdown, Duration.ofMinutes(1), Duration.ofMillis(20));
  }

  /// Waits until it has come.
  ///
  /// @param what is waited for, for the error
  /// @throws Failure if it takes too long
  public void until(String what, Callable<Boolean> condition) throws Exception {
    if (!hasCome(condition)) {
      throw new Failure(
          "not within " + atMost.toSeconds() + " s",
          what,
          "is the machine busy? --verbose shows more, --count and --events make it smaller");
    }
  }

  /// Whether it came in time.
  ///
  /// @throws Failure if the measurement is to stop
  public boolean hasCome(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      if (shutdown.isRequested()) {
        throw new Failure("asked to stop", "bench", "start again");
      }
      LockSupport.parkNanos(look.toNanos());
    }
    return true;
  }
}
