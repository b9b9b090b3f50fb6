package io.tasktrail.streams;

import io.tasktrail.history.Fold;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import io.tasktrail.streams.fold.HistoryTopology;
import io.tasktrail.streams.letters.Fault;
import io.tasktrail.streams.topics.TopicSetup;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
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

  /// Of the client that waits: how long one look at the broker may take, and how often Kafka's
  /// client tries, and logs that it did, meanwhile.
  private static final Map<String, String> LOOKS =
      Map.of(
          AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000",
          AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
          AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "10000");

  private final StreamsSettings settings;
  private final Shutdown shutdown;

  /// @param shutdown closes what is started, and is told when it fails
  public StreamsRole(StreamsSettings settings, Shutdown shutdown) {
    this.settings = settings;
    this.shutdown = shutdown;
  }

  /// Waits for the broker and the registry, sees to the topics, and starts to fold. Returns when
  /// the folding goes on in its own threads, or the role was asked to end before.
  ///
  /// @throws Failure if a setting is wrong, the topics are not as they must be, or the broker or
  ///     the registry refuses
  public void start() throws Exception {
    Waiting waiting = new Waiting(shutdown);
    if (seesToTopics(waiting) && findsRegistry(waiting)) {
      startFolding();
    }
  }

  private boolean seesToTopics(Waiting waiting) throws Exception {
    Map<String, Object> looking = new TreeMap<>(LOOKS);
    looking.putAll(settings.admin());
    try (Admin admin = configured(() -> Admin.create(looking))) {
      return waiting.until(
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
    return waiting.until(
        "the schema registry at " + settings.registryUrl(),
        "check schema.registry.url and its credentials",
        () -> Registry.requireAnswer(settings.registryUrl(), settings.registry()));
  }

  private void startFolding() {
    Fold fold = new Fold(settings.foldLimits());
    Topology topology = HistoryTopology.build(fold, settings.registry());
    KafkaStreams streams = configured(() -> new KafkaStreams(topology, settings.streams()));
    streams.setUncaughtExceptionHandler(new ThreadDeaths(shutdown));
    shutdown.closing(() -> close(streams));
    streams.start();
  }

  private static <T> T configured(Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException refused) {
      throw new Failure(
          Fault.root(refused).getMessage(), "Kafka's client", "correct the settings", refused);
    }
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
