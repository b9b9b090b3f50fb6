package io.tasktrail.streams;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import io.tasktrail.role.http.Endpoint;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.streams.balance.PrometheusCounters;
import io.tasktrail.streams.fleet.FleetCounters;
import io.tasktrail.streams.health.Restoration;
import io.tasktrail.streams.health.StreamsFigures;
import io.tasktrail.streams.health.StreamsHealth;
import io.tasktrail.streams.rocksdb.RocksDbMemory;
import io.tasktrail.streams.topics.TopicSetup;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The role: folds the events of all hosts into histories until it is asked to end.
public final class StreamsRole {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsRole.class);

  /// A commit and a goodbye to the group need far less.
  private static final Duration CLOSING = Duration.ofSeconds(20);

  private final StreamsSettings settings;
  private final Shutdown shutdown;
  private final PrometheusRegistry metrics = new PrometheusRegistry();
  private final FoldCounters counters = new PrometheusCounters(metrics);
  private final FleetCounters fleet = new FleetCounters(metrics);
  private final Restoration restoration = new Restoration(metrics);
  private final StreamsHealth health = new StreamsHealth(restoration);
  private volatile Optional<URI> endpoint = Optional.empty();

  /// @param shutdown closes what is started, and is told when it fails
  public StreamsRole(StreamsSettings settings, Shutdown shutdown) {
    this.settings = settings;
    this.shutdown = shutdown;
  }

  /// Tells its health and metrics from now on, waits for the broker and the registry, sees to the
  /// topics, and starts to fold. Returns when the folding goes on in its own threads, or the role
  /// was asked to end before.
  ///
  /// @throws Failure if a setting is wrong, the port is taken, the topics are not as they must be,
  ///     or the broker or the registry refuses
  public void start() throws Exception {
    openEndpoint();
    Waiting waiting = new Waiting(shutdown);
    if (seesToTopics(waiting) && findsRegistry(waiting)) {
      startFolding();
    }
  }

  /// Where health and metrics are told; empty while and where they are not.
  Optional<URI> endpoint() {
    return endpoint;
  }

  private void openEndpoint() {
    endpoint =
        settings
            .listenAddress()
            .map(address -> shutdown.closing(Endpoint.open(address, metrics, health)).uri());
  }

  private boolean seesToTopics(Waiting waiting) throws Exception {
    try (Admin admin = KafkaClients.admin(settings)) {
      return waitsFor(
          waiting,
          "Kafka at " + settings.bootstrapServers(),
          "check bootstrap.servers and the security settings",
          () -> setUp(new TopicSetup(admin, settings.topics())));
    }
  }

  private void setUp(TopicSetup topics) throws ExecutionException, InterruptedException {
    if (settings.createsTopics()) {
      topics.ensure();
    } else {
      topics.check();
    }
  }

  private boolean findsRegistry(Waiting waiting) throws Exception {
    return waitsFor(
        waiting,
        "the schema registry at " + settings.registryUrl(),
        "check schema.registry.url and its credentials",
        () -> Registry.requireAnswer(settings.registryUrl(), settings.registry()));
  }

  private boolean waitsFor(Waiting waiting, String what, String cure, Waiting.Attempt attempt)
      throws Exception {
    health.waitingFor(what);
    return waiting.until(what, cure, attempt);
  }

  private void startFolding() {
    Topology topology = WholeTopology.of(settings, counters, fleet);
    KafkaStreams streams = KafkaClients.streams(topology, configuration());
    streams.setUncaughtExceptionHandler(new ThreadDeaths(shutdown));
    streams.setGlobalStateRestoreListener(restoration);
    StreamsFigures.register(streams, restoration, metrics);
    health.folding(streams::state);
    shutdown.closing(() -> close(streams));
    streams.start();
  }

  private Properties configuration() {
    Properties configuration = settings.streams();
    configuration.put(FoldCounters.CONFIG, counters);
    settings
        .rocksDbBytes()
        .ifPresent(
            bytes ->
                configuration.put(
                    RocksDbMemory.CONFIG, shutdown.closing(new RocksDbMemory(bytes))));
    return configuration;
  }

  /// Leaves the group at once: the partitions need not wait for this instance to be missed.
  private static void close(KafkaStreams streams) {
    boolean ended =
        streams.close(
            CloseOptions.timeout(CLOSING)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    if (!ended) {
      LOG.warn("not ended within {} s: what is not committed is folded again", CLOSING.toSeconds());
    }
  }
}
