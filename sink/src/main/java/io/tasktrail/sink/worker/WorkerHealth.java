package io.tasktrail.sink.worker;

import io.tasktrail.role.http.Health;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The health of a sink: live unless its task ended by itself; ready while the task runs and its
/// destination takes what comes.
final class WorkerHealth implements Health {

  private final Supplier<EmbeddedWorker.State> state;
  private final Supplier<Optional<String>> failure;

  WorkerHealth(Supplier<EmbeddedWorker.State> state, Supplier<Optional<String>> failure) {
    this.state = state;
    this.failure = failure;
  }

  @Override
  public Answer live() {
    EmbeddedWorker.State now = state.get();
    return new Answer(now.failed().isEmpty(), details(now, now.failed()));
  }

  @Override
  public Answer ready() {
    EmbeddedWorker.State now = state.get();
    Optional<String> because = now.failed().or(failure);
    return new Answer(now.running() && because.isEmpty(), details(now, because));
  }

  private static Map<String, Object> details(EmbeddedWorker.State now, Optional<String> because) {
    Map<String, Object> details = new TreeMap<>();
    details.put("state", now.name());
    because.ifPresent(text -> details.put("because", text));
    return details;
  }
}
