package io.tasktrail.streams;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import io.tasktrail.streams.letters.Fault;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for what is away, as long as it takes, and says so: at once, then each time the waiting
/// has doubled, at last once a minute.
final class Waiting {

  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Shutdown shutdown;

  Waiting(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  /// What needs something else to be there.
  interface Attempt {
    void run() throws Exception;
  }

  /// Tries until it works, or the role is asked to end.
  ///
  /// @param what that is waited for, and where
  /// @return whether it worked
  /// @throws Failure if it never will, with the cure
  boolean until(String what, String cure, Attempt attempt) throws Exception {
    Patience patience = new Patience(FIRST, LONGEST);
    while (!shutdown.isRequested()) {
      try {
        attempt.run();
        return true;
      } catch (Failure told) {
        throw told;
      } catch (Exception thrown) {
        requireOutage(what, cure, thrown);
        Duration pause = patience.afterFailure(System.nanoTime());
        LOG.warn("waiting for {}: {}; next try in {} s", what, reason(thrown), seconds(pause));
        shutdown.await(pause);
      }
    }
    return false;
  }

  private static void requireOutage(String what, String cure, Exception thrown) {
    if (Fault.of(thrown) != Fault.OUTAGE) {
      throw new Failure(reason(thrown), what, cure, thrown);
    }
  }

  private static String reason(Exception thrown) {
    Throwable within = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    return within.getMessage() == null ? within.toString() : within.getMessage();
  }

  private static double seconds(Duration pause) {
    return pause.toMillis() / 1000.0;
  }
}
