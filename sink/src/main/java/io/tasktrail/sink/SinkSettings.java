package io.tasktrail.sink;

import static io.tasktrail.wire.Topics.AUDIT_EVENTS;

import io.tasktrail.formats.Formats;
import io.tasktrail.role.Declared;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.role.http.ListenAddress;
import io.tasktrail.sink.bulk.BulkSettings;
import io.tasktrail.sink.file.FileSettings;
import io.tasktrail.sink.kafka.KafkaSettings;
import io.tasktrail.sink.splunk.HecSettings;
import io.tasktrail.sink.syslog.SyslogSettings;
import io.tasktrail.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// What users may say of a sink.
public final class SinkSettings {

  /// Where Kafka is.
  public static final Setting<String> BOOTSTRAP_SERVERS =
      Setting.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          "localhost:9092",
          "Kafka's brokers, HOST:PORT, several joined by commas.",
          "One that answers is enough to find the others.",
          Parser.text());

  /// Where the schemas are.
  public static final Setting<String> SCHEMA_REGISTRY =
      Setting.of(
          "schema.registry.url",
          "http://localhost:8081",
          "The schema registry (Confluent's REST API), several addresses joined by commas.",
          "While it does not answer, nothing is delivered and nothing is lost.",
          Parser.text());

  /// Who reads.
  public static final Setting<String> GROUP =
      Setting.of(
          ConsumerConfig.GROUP_ID_CONFIG,
          "tasktrail-sink",
          "The consumer group, by which Kafka remembers how far this sink is.",
          "Sinks of one group share the partitions; each destination needs a group of its own."
              + " A new name delivers everything again.",
          Parser.text());

  /// What is read.
  public static final Setting<String> TOPIC =
      Setting.of(
          "sink.topic",
          AUDIT_EVENTS,
          "The topic that is delivered.",
          "It must hold AuditEvents.",
          Parser.text());

  /// Where what can't be delivered goes.
  public static final Setting<String> DEAD_LETTERS =
      Setting.of(
          "sink.dead.letters.topic",
          Topics.DEAD_LETTERS,
          "Where a record goes that can't be decoded or formatted, as it was received.",
          "It must exist: while it can't be written, no offset moves past such a record.",
          Parser.text());

  /// Where a new group begins.
  public static final Setting<String> START =
      Setting.of(
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          "earliest",
          "Where a group begins that never read the topic.",
          "latest skips everything that is in the topic by then.",
          Parser.oneOf(List.of("earliest", "latest")));

  /// Which destination.
  public static final Setting<String> DESTINATION =
      Setting.of(
          "sink.destination",
          "file",
          "Where events go.",
          "file is exactly once; bulk is Elasticsearch or OpenSearch, exactly once too, for each"
              + " event is one document; splunk is Splunk's HTTP event collector, at least once;"
              + " syslog sends messages over TCP or TLS, at least once; kafka is a topic, exactly"
              + " once; console writes to standard output, at least once.",
          Parser.oneOf(Destinations.names()));

  /// What they look like.
  public static final Setting<String> FORMAT =
      Setting.of(
          "sink.format",
          "ecs",
          "What a line looks like.",
          "ecs is a JSON object with everything; tasktracker and taskhistory are short lines for"
              + " people; the others are for SIEMs: docs/formats.md.",
          Parser.oneOf(Formats.names()));

  /// The file of the file destination.
  public static final Setting<Path> FILE =
      Setting.of(
          "sink.file.path",
          "/var/log/tasktrail/audit-events.ecs.jsonl",
          "The file that the file destination appends to.",
          "Its directory must exist; how far it is stands beside it, in a file with .checkpoint"
              + " added to the name, and a file that loses its checkpoint is continued, not"
              + " repeated.",
          Parser.path());

  /// How often at least.
  public static final Setting<Duration> SYNC_INTERVAL =
      Setting.of(
          "sink.sync.interval",
          "200ms",
          "How long a delivered event may wait to be made durable while more are coming.",
          "Longer means fewer syncs of the disk and later lines.",
          Parser.duration(Duration.ofMillis(1), Duration.ofMinutes(1)));

  /// How many at most.
  public static final Setting<Integer> SYNC_RECORDS =
      Setting.of(
          "sink.sync.records",
          "10000",
          "After how many events what is delivered is made durable at the latest.",
          "More means fewer syncs under load, and more to deliver again after a failure.",
          Parser.integer(1, 1_000_000));

  /// How much at most.
  public static final Setting<Long> SYNC_BYTES =
      Setting.of(
          "sink.sync.bytes",
          "16m",
          "After how many bytes of records what is delivered is made durable at the latest.",
          "It bounds the memory of a destination that gathers; more means fewer syncs of long"
              + " records.",
          Parser.bytes(1 << 10, 1 << 30));

  /// How patiently.
  public static final Setting<Duration> RETRY_MOST =
      Setting.of(
          "sink.retry.most",
          "30s",
          "How long the pauses between two attempts get when a destination fails.",
          "They begin at 100ms and double, each shorter by chance, by half at most; nothing is lost"
              + " meanwhile, it stays in the topic.",
          Parser.duration(Duration.ofMillis(100), Duration.ofMinutes(4)));

  /// How patiently in all.
  public static final Setting<Optional<Duration>> RETRY_DEADLINE =
      Setting.of(
          "sink.retry.deadline",
          "",
          "After how long without one success the sink gives up and fails.",
          "Empty: never; it goes on by itself when the destination is mended. What is not delivered"
              + " stays in the topic in any case.",
          Parser.optional(Parser.duration(Duration.ofSeconds(1), Duration.ofDays(30))));

  /// Where it tells how it is.
  static final Setting<Optional<ListenAddress>> LISTEN = ListenAddress.setting(9465);

  /// All keys; Kafka's own names pass through.
  public static final Declared DECLARED =
      Declared.of(all())
          .passing(clientNames())
          .passingPrefixes(Declared.CONNECTION_PREFIXES)
          .passingPrefixes(List.of(KafkaSettings.PREFIX));

  /// On these the promise of exactly once rests: they are not the user's.
  private static final Map<String, Object> FIXED =
      Map.of(
          ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");

  private SinkSettings() {}

  private static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                BOOTSTRAP_SERVERS,
                SCHEMA_REGISTRY,
                GROUP,
                TOPIC,
                DEAD_LETTERS,
                START,
                DESTINATION,
                FORMAT,
                FILE));
    all.addAll(FileSettings.ALL);
    all.addAll(BulkSettings.ALL);
    all.addAll(SyslogSettings.ALL);
    all.addAll(HecSettings.ALL);
    all.addAll(KafkaSettings.ALL);
    all.addAll(
        List.of(SYNC_INTERVAL, SYNC_RECORDS, SYNC_BYTES, RETRY_MOST, RETRY_DEADLINE, LISTEN));
    return all;
  }

  /// What the consumer gets.
  public static Map<String, Object> consumer(Settings settings) {
    Map<String, Object> client = settings.where(ofClient(ConsumerConfig.configNames()));
    client.putAll(FIXED);
    return client;
  }

  /// What the producer of dead letters gets. They may come twice, so it is not idempotent: such a
  /// one, once refused, forgets to ask for its id, and sends no more (Kafka 4.3.1).
  public static Map<String, Object> producer(Settings settings) {
    Map<String, Object> client = settings.where(ofClient(ProducerConfig.configNames()));
    client.put(ProducerConfig.ACKS_CONFIG, "all");
    client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
    return client;
  }

  /// What the admin client gets.
  public static Map<String, Object> admin(Settings settings) {
    return settings.where(ofClient(AdminClientConfig.configNames()));
  }

  /// What Confluent's deserializer gets.
  public static Map<String, Object> registry(Settings settings) {
    return settings.where(
        key ->
            Declared.CONNECTION_PREFIXES.stream().anyMatch(key::startsWith)
                || key.equals(SCHEMA_REGISTRY.key()));
  }

  private static Predicate<String> ofClient(Set<String> names) {
    return names::contains;
  }

  private static Set<String> clientNames() {
    Set<String> names = new HashSet<>(ConsumerConfig.configNames());
    names.addAll(ProducerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    names.removeAll(
        List.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG));
    return names;
  }
}
