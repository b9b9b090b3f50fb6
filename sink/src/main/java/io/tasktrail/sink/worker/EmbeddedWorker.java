package io.tasktrail.sink.worker;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.Failure;
import io.tasktrail.role.http.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.isolation.PluginDiscoveryMode;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.util.FutureCallback;

/// A worker of Kafka Connect in this process, with one connector and no open port.
public final class EmbeddedWorker implements AutoCloseable {

  /// How long the last sync of a task may take.
  private static final Duration END = Duration.ofSeconds(20);

  /// How long a connector may take to be checked and made.
  private static final Duration CREATION = Duration.ofSeconds(60);

  private static final String STARTING = "STARTING";
  private static final String RUNNING = "RUNNING";
  private static final String FAILED = "FAILED";

  private final StandaloneHerder herder;
  private final WorkerMetrics metrics;
  private final String name;

  private EmbeddedWorker(StandaloneHerder herder, WorkerMetrics metrics, String name) {
    this.herder = herder;
    this.metrics = metrics;
    this.name = name;
  }

  /// Starts a worker with a connector.
  ///
  /// @param client how the worker reaches the brokers: settings of Kafka's admin client
  /// @param name of the connector
  /// @param connector its configuration
  /// @throws Failure if the connector refuses its configuration
  public static EmbeddedWorker start(
      Map<String, Object> client, String name, Map<String, String> connector) {
    Map<String, String> properties = properties(client, connector);
    Plugins plugins = new Plugins(properties);
    plugins.compareAndSwapWithDelegatingLoader();
    var policy = new AllConnectorClientConfigOverridePolicy();
    WorkerConfig config = new StandaloneConfig(properties);
    Worker worker = new Worker(name, Time.SYSTEM, plugins, config, new NoOffsets(), policy);
    StandaloneHerder herder = new StandaloneHerder(worker, config.kafkaClusterId(), policy);
    herder.start();
    EmbeddedWorker started =
        new EmbeddedWorker(
            herder, new WorkerMetrics(() -> worker.metrics().metrics().metrics().values()), name);
    try {
      started.create(connector);
    } catch (Failure refused) {
      started.close();
      throw refused;
    }
    return started;
  }

  private static Map<String, String> properties(
      Map<String, Object> client, Map<String, String> connector) {
    Map<String, String> properties = new TreeMap<>();
    client.forEach((key, value) -> properties.put(key, value.toString()));
    for (String converter :
        new String[] {
          WorkerConfig.KEY_CONVERTER_CLASS_CONFIG, WorkerConfig.VALUE_CONVERTER_CLASS_CONFIG
        }) {
      properties.put(converter, connector.get(converter));
    }
    properties.put(
        WorkerConfig.PLUGIN_DISCOVERY_CONFIG, PluginDiscoveryMode.SERVICE_LOAD.toString());
    properties.put(
        WorkerConfig.TASK_SHUTDOWN_GRACEFUL_TIMEOUT_MS_CONFIG, Long.toString(END.toMillis()));
    // Asked for and never opened: offsets of sources, which there are none of.
    properties.put(StandaloneConfig.OFFSET_STORAGE_FILE_FILENAME_CONFIG, "none");
    return properties;
  }

  private void create(Map<String, String> connector) {
    FutureCallback<Herder.Created<ConnectorInfo>> created = new FutureCallback<>();
    herder.putConnectorConfig(name, connector, false, created);
    try {
      created.get(CREATION.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException refused) {
      throw new Failure(
          "Connect refuses the connector", name, refused.getCause().getMessage(), refused);
    } catch (TimeoutException late) {
      throw new Failure(
          "Connect did not start the connector", name, "look at the log, start it again", late);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", name, "start it again", hurried);
    }
    herder.ready();
  }

  /// How the sink is.
  public Health health() {
    return new WorkerHealth(this::state, metrics::failure);
  }

  /// Adds what the tasks tell of themselves to the figures of the role.
  public void register(PrometheusRegistry registry) {
    WorkerFigures.register(registry, metrics, new ConsumerLag(name));
  }

  /// How the connector and its tasks are.
  public State state() {
    try {
      return state(herder.connectorStatus(name));
    } catch (NotFoundException starting) {
      return new State(STARTING, Optional.empty());
    }
  }

  private static State state(ConnectorStateInfo told) {
    List<ConnectorStateInfo.AbstractState> parts = new ArrayList<>(told.tasks());
    parts.add(told.connector());
    return parts.stream()
        .filter(part -> part.state().equals(FAILED))
        .findFirst()
        .map(part -> new State(FAILED, Optional.of(Trace.rootOf(part.trace()))))
        .orElseGet(
            () ->
                new State(
                    told.tasks().isEmpty() ? STARTING : told.tasks().getFirst().state(),
                    Optional.empty()));
  }

  /// How a connector and its tasks are.
  ///
  /// @param name in Connect's words
  /// @param failed what ended one of them for good; empty when none ended
  public record State(String name, Optional<String> failed) {

    boolean running() {
      return name.equals(RUNNING);
    }
  }

  /// Ends the tasks, each with its last sync, and the worker.
  @Override
  public void close() {
    herder.stop();
  }
}
