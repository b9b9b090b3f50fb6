package io.tasktrail.sink;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.role.http.Endpoint;
import io.tasktrail.sink.connect.SourceTopic;
import io.tasktrail.sink.connect.TasktrailSinkConnector;
import io.tasktrail.sink.worker.EmbeddedWorker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/// A running sink: a worker of Kafka Connect with one connector, and one who watches it.
public final class SinkRole implements AutoCloseable {

  /// How soon it is noticed that a task ended by itself.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final EmbeddedWorker worker;
  private final Optional<Endpoint> endpoint;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread watch;

  private SinkRole(EmbeddedWorker worker, Optional<Endpoint> endpoint, Consumer<Throwable> failed) {
    this.worker = worker;
    this.endpoint = endpoint;
    this.watch = Thread.ofVirtual().name("sink-watch").unstarted(() -> watch(failed));
  }

  /// Starts a sink to the destination that the settings name. A destination that can't be used yet
  /// is waited for.
  ///
  /// @param settings by [SinkSettings#DECLARED]
  /// @param failed is told, once, what ended the sink by itself
  /// @throws Failure if Kafka can't be used, the settings contradict each other, or the port is
  ///     taken
  public static SinkRole start(Settings settings, Consumer<Throwable> failed) {
    Destinations.of(settings);
    SourceTopic.find(settings);
    EmbeddedWorker worker = work(settings);
    try {
      SinkRole role = new SinkRole(worker, open(settings, worker), failed);
      role.watch.start();
      return role;
    } catch (Failure taken) {
      worker.close();
      throw taken;
    }
  }

  /// Sinks of one process are told apart by their groups, as those of a cluster are.
  private static EmbeddedWorker work(Settings settings) {
    String name = settings.get(SinkSettings.GROUP);
    try {
      return EmbeddedWorker.start(
          SinkSettings.admin(settings), name, TasktrailSinkConnector.config(name, settings));
    } catch (ConnectException | ConfigException refused) {
      throw new Failure("Kafka Connect does not start", name, refused.getMessage(), refused);
    }
  }

  private static Optional<Endpoint> open(Settings settings, EmbeddedWorker worker) {
    PrometheusRegistry registry = new PrometheusRegistry();
    worker.register(registry);
    return settings
        .get(SinkSettings.LISTEN)
        .map(address -> Endpoint.open(address, registry, worker.health()));
  }

  private void watch(Consumer<Throwable> failed) {
    try {
      while (!ending.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        var end = worker.state().failed();
        if (end.isPresent()) {
          failed.accept(
              new Failure(
                  "the sink failed", end.get(), "see the log, mend it, and start it again"));
          return;
        }
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /// Makes durable what is delivered so far, and ends.
  @Override
  public void close() {
    ending.countDown();
    worker.close();
    endpoint.ifPresent(Endpoint::close);
  }
}
