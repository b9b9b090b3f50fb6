package io.tasktrail.streams;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import io.tasktrail.streams.letters.Fault;
import java.time.Duration;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of the role when a stream thread dies: while a broker or the registry is away, the
/// thread is replaced after a pause; anything else ends the role.
final class ThreadDeaths implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final int CAUSES_MAX = 16;

  private final Patience patience = new Patience(FIRST, LONGEST);
  private final Shutdown shutdown;

  ThreadDeaths(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    if (Fault.of(thrown) == Fault.OUTAGE && pause(thrown)) {
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    shutdown.failed(
        new Failure(
            root(thrown).toString(), "a stream thread", "correct it and start again", thrown));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /// Runs in the thread that died: the others go on meanwhile.
  ///
  /// @return whether the role goes on
  private boolean pause(Throwable thrown) {
    Duration pause = patience.afterFailure(System.nanoTime());
    LOG.warn("{}; the stream thread is replaced in {} s", root(thrown), pause.toSeconds());
    try {
      return !shutdown.await(pause);
    } catch (Exception ending) {
      LOG.debug("ending anyway", ending);
      return false;
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; root.getCause() != null && depth < CAUSES_MAX; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
