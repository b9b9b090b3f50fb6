package io.tasktrail.streams;

import static org.awaitility.Awaitility.await;

import io.tasktrail.role.Shutdown;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The role in a thread of its own, ended by closing it.
final class RunningRole implements AutoCloseable {

  private static final long START_SECONDS_MAX = 120;

  private final Shutdown shutdown = new Shutdown();
  private final StreamsRole role;
  private final CompletableFuture<Void> started;

  RunningRole(Map<String, String> settings) {
    role = new StreamsRole(StreamsSettings.of(settings), shutdown);
    started = CompletableFuture.runAsync(() -> start(role));
  }

  /// Returns once it folds.
  ///
  /// @throws java.util.concurrent.ExecutionException with what the start threw
  RunningRole awaitStart() throws Exception {
    started.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    return this;
  }

  /// Where it tells its health and metrics.
  URI endpoint() {
    return role.endpoint().orElseThrow();
  }

  /// The same of a role that may not have started yet.
  URI awaitEndpoint() {
    await().until(() -> role.endpoint().isPresent());
    return endpoint();
  }

  private static void start(StreamsRole role) {
    try {
      role.start();
    } catch (Exception thrown) {
      throw new CompletionException(thrown);
    }
  }

  @Override
  public void close() {
    shutdown.request();
    started.handle((_, _) -> "ended").orTimeout(START_SECONDS_MAX, TimeUnit.SECONDS).join();
    try {
      shutdown.close();
    } catch (Exception thrown) {
      throw new AssertionError("the role did not end in order", thrown);
    }
  }
}
