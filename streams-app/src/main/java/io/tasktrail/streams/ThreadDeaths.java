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

  /// Bounds how often the same is tried and told.
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int CAUSES_MAX = 16;

  private final Shutdown shutdown;

  ThreadDeaths(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    if (Fault.of(thrown) == Fault.OUTAGE && pause()) {
      LOG.warn("a stream thread died and is replaced: {}", root(thrown).toString());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    shutdown.failed(
        new Failure(
            root(thrown).toString(), "a stream thread", "correct it and start again", thrown));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /// @return whether the role goes on
  private boolean pause() {
    try {
      return !shutdown.await(PAUSE);
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
