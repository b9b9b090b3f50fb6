package io.tasktrail.streams;

import io.tasktrail.history.FoldLimits;
import io.tasktrail.role.Declared;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.role.http.ListenAddress;
import io.tasktrail.streams.fold.StoreKind;
import io.tasktrail.streams.fold.Tempo;
import io.tasktrail.streams.letters.UndecodableRecords;
import io.tasktrail.streams.letters.UnfoldableRecords;
import io.tasktrail.streams.rocksdb.SharedMemory;
import io.tasktrail.streams.topics.TopicPlan;
import io.tasktrail.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/// The settings of the role, and what Kafka's clients get of them.
///
/// Besides the keys named here, those of Kafka Streams and Confluent's serializers are passed
/// through as they are, also with Kafka's prefixes (`producer.`, `consumer.`, `main.consumer.`,
/// `admin.`, `topic.`, …).
public final class StreamsSettings {

  static final String INTRODUCTION =
      "Settings of tasktrail streams. What is commented out is the default. Every setting of Kafka"
          + " Streams and of Confluent's serializers may be given as well, under its own name, also"
          + " with Kafka's prefixes (producer., consumer., admin., topic.), such as"
          + " security.protocol, ssl.truststore.location, num.standby.replicas,"
          + " basic.auth.user.info.";

  private static final Setting<String> BOOTSTRAP_SERVERS =
      Setting.of(
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
          "localhost:9092",
          "The brokers to begin with, HOST:PORT joined by commas.",
          "All others are found through them; name two or three.",
          Parser.text());
  private static final Setting<String> REGISTRY =
      Setting.of(
          "schema.registry.url",
          "http://localhost:8081",
          "The schema registry (Confluent's REST API), several addresses joined by commas.",
          "While it does not answer, nothing new is understood and nothing is lost.",
          Parser.text());
  private static final Setting<String> APPLICATION_ID =
      Setting.of(
          StreamsConfig.APPLICATION_ID_CONFIG,
          "tasktrail-streams",
          "Names the consumer group, the state and its topics.",
          "With another name all events are folded anew, and all of the output is written again.",
          Parser.text());
  private static final Setting<Path> STATE_DIR =
      Setting.of(
          StreamsConfig.STATE_DIR_CONFIG,
          "/var/lib/tasktrail/streams",
          "A directory of this instance alone.",
          "Holds locks, the identity of the instance and, with state.store=rocksdb, the state. Where it"
              + " is lost, the state is read back from the brokers.",
          Parser.path());
  private static final Setting<StoreKind> STORE =
      Setting.of(
          "state.store",
          "memory",
          "Where the state is kept beside its copy on the brokers.",
          "memory holds each live task on the heap (-Xmx), and is read back at each start; rocksdb holds"
              + " them in state.dir, for millions of tasks: slower, and read back only where it is lost.",
          Parser.oneOf(StoreKind.class));
  private static final Setting<Long> ROCKSDB_MEMORY =
      Setting.of(
          "state.rocksdb.memory",
          "256m",
          "Bytes outside the heap for RocksDB, over all stores and partitions.",
          "Half of it may hold what is not written yet, the rest caches what is read; with less, more is"
              + " read from the disk. Unused with state.store=memory.",
          Parser.bytes(16L << 20, 1L << 40));
  private static final Setting<String> GUARANTEE =
      Setting.of(
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
          StreamsConfig.EXACTLY_ONCE_V2,
          "What is promised when an instance or a broker dies.",
          "at_least_once halves the work of the brokers; a crash may then lose an event (its number is"
              + " remembered, its output is not), or write it twice.",
          Parser.oneOf(List.of(StreamsConfig.EXACTLY_ONCE_V2, StreamsConfig.AT_LEAST_ONCE)));
  private static final Setting<Integer> COMMIT_INTERVAL =
      Setting.of(
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          "100",
          "Milliseconds between commits.",
          "The output becomes visible at commits; rarer ones cost the brokers less.",
          Parser.integer(1, 60_000));
  private static final Setting<Integer> THREADS =
      Setting.of(
          StreamsConfig.NUM_STREAM_THREADS_CONFIG,
          "1",
          "Threads that fold.",
          "More than there are partitions stay idle.",
          Parser.integer(1, 1024));
  private static final Setting<Long> CACHE =
      Setting.of(
          StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
          "64m",
          "Bytes of the fleet's lineages that may wait for a commit, over all threads.",
          "With 0 nothing waits, tasks neither: each change reaches the brokers at once, as state.",
          Parser.bytes(0, 1L << 40));
  private static final Setting<Integer> REPLICAS =
      Setting.of(
          StreamsConfig.REPLICATION_FACTOR_CONFIG,
          "-1",
          "Copies of each topic that is made, those of the state included.",
          "-1 is what the brokers do by default; 3 survives the death of a broker.",
          Parser.integer(-1, Short.MAX_VALUE));
  private static final Setting<Integer> LINGER =
      Setting.of(
          StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
          "20",
          "Milliseconds that the output waits for more of it.",
          "Longer makes better batches and later output.",
          Parser.integer(0, 10_000));
  private static final Setting<String> COMPRESSION =
      Setting.of(
          StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
          "lz4",
          "How the output is compressed.",
          "zstd takes less room on the brokers and more time here.",
          Parser.oneOf(List.of("none", "gzip", "snappy", "lz4", "zstd")));
  private static final Setting<Integer> BATCH =
      Setting.of(
          StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
          "131072",
          "Bytes of output in one batch.",
          "Larger ones compress better.",
          Parser.integer(0, TopicPlan.OUTPUT_BYTES_MAX));
  private static final Setting<Integer> SESSION_TIMEOUT =
      Setting.of(
          StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
          "10000",
          "Milliseconds after which a silent instance is taken for dead.",
          "Its partitions stand still for so long; a shorter time takes slow ones for dead.",
          Parser.integer(1000, 3_600_000));
  private static final Setting<Integer> PARTITIONS =
      Setting.of(
          "topics.partitions",
          "6",
          "Partitions of the topics that are made.",
          "Bounds how many threads can fold. Can't be changed later: hosts must not move.",
          Parser.integer(1, 10_000));
  private static final Setting<Boolean> CREATE =
      Setting.of(
          "topics.create",
          "true",
          "Whether missing topics are made at the start.",
          "With false a missing topic is an error; topics that are there are checked anyway.",
          Parser.bool());
  private static final Setting<Duration> RETENTION =
      Setting.of(
          "topics.retention",
          "7d",
          "How long events, audit events and dead letters are kept in topics that are made.",
          "Incidents can be replayed so far back; the disks of the brokers must hold it.",
          Parser.duration(Duration.ofMinutes(1), Duration.ofDays(36_500)));
  private static final Setting<Duration> TELLING =
      Setting.of(
          "table.interval",
          "1s",
          "How often the table of tasks (tasktrail.task-history) is told what changed.",
          "Tasks that come and go within it never reach the table.",
          Parser.duration(Duration.ofMillis(10), Duration.ofMinutes(10)));
  private static final Setting<Duration> SILENCE =
      Setting.of(
          "hosts.silent.after",
          "7d",
          "After how long a host of which nothing is heard is forgotten, by the broker's clock.",
          "When it is heard of again in the same boot, its histories begin anew.",
          Parser.duration(Duration.ofMinutes(1), Duration.ofDays(3650)));

  private static final Setting<Boolean> FIRST_SEEN =
      Setting.of(
          "fleet.first.seen",
          "true",
          "Whether lineages that no host of the fleet executed before are told"
              + " (tasktrail.first-seen).",
          "When it is switched on, all of tasktrail.lineages is read once, and told as it began;"
              + " with it off that topic stays as it is. All instances must say the same.",
          Parser.bool());
  private static final Setting<Integer> FLEET_LINEAGES =
      Setting.of(
          "fleet.lineages",
          "131072",
          "Lineages of the fleet that are remembered, in each partition.",
          "About 300 bytes each. Over it the first to be known are forgotten: when one is new on"
              + " another host, it is told again, marked (forgotten). It is counted.",
          Parser.integer(1, Integer.MAX_VALUE));

  private static final Setting<Optional<ListenAddress>> LISTEN = ListenAddress.setting(9464);

  private static final List<Setting<?>> OF_STREAMS =
      List.of(
          BOOTSTRAP_SERVERS,
          REGISTRY,
          APPLICATION_ID,
          LISTEN,
          STATE_DIR,
          STORE,
          ROCKSDB_MEMORY,
          GUARANTEE,
          COMMIT_INTERVAL,
          THREADS,
          CACHE,
          REPLICAS,
          LINGER,
          COMPRESSION,
          BATCH,
          SESSION_TIMEOUT,
          PARTITIONS,
          CREATE,
          RETENTION,
          TELLING,
          SILENCE,
          FIRST_SEEN,
          FLEET_LINEAGES);

  private static final String OF_TOPICS = "topics.";
  private static final String OF_FLEET = "fleet.";
  private static final Set<String> OF_THE_ROLE =
      Set.of(LISTEN.key(), STORE.key(), ROCKSDB_MEMORY.key(), TELLING.key(), SILENCE.key());

  private final Settings settings;

  private StreamsSettings(Settings settings) {
    this.settings = settings;
  }

  private static List<Setting<?>> own() {
    List<Setting<?>> own = new ArrayList<>(OF_STREAMS);
    own.addAll(FoldSettings.all());
    return own;
  }

  /// The keys that the role understands.
  public static Declared declared() {
    List<String> prefixes = new ArrayList<>(Declared.CONNECTION_PREFIXES);
    prefixes.addAll(
        List.of("producer.", "consumer.", "main.consumer.", "restore.consumer.", "admin."));
    prefixes.add(StreamsConfig.TOPIC_PREFIX);
    return Declared.of(own())
        .passing(StreamsConfig.configDef().names())
        .passing(ConsumerConfig.configNames())
        .passing(ProducerConfig.configNames())
        .passing(AdminClientConfig.configNames())
        .passing(List.of("auto.register.schemas", "use.latest.version", "normalize.schemas"))
        .passingPrefixes(prefixes);
  }

  /// Reads what was checked.
  public static StreamsSettings of(Settings settings) {
    return new StreamsSettings(settings);
  }

  /// Settings that come from a program.
  ///
  /// @throws io.tasktrail.role.Failure with every problem
  public static StreamsSettings of(Map<String, String> given) {
    return of(Settings.of(declared(), given));
  }

  /// What Kafka Streams gets: what is set, over what the role needs.
  Properties streams() {
    Properties streams = new Properties();
    streams.putAll(needed());
    streams.putAll(forKafka());
    streams.put(CACHE.key(), settings.get(CACHE));
    if (store() == StoreKind.ROCKSDB) {
      streams.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedMemory.class);
    }
    return streams;
  }

  /// What an admin client gets.
  Map<String, Object> admin() {
    Map<String, Object> admin = new TreeMap<>(forKafka());
    admin.keySet().retainAll(AdminClientConfig.configNames());
    settings
        .where(key -> key.startsWith(StreamsConfig.ADMIN_CLIENT_PREFIX))
        .forEach(
            (key, value) ->
                admin.put(key.substring(StreamsConfig.ADMIN_CLIENT_PREFIX.length()), value));
    return admin;
  }

  /// What a consumer gets that reads a table from its beginning, and belongs to no group.
  Map<String, Object> tableReader() {
    Map<String, Object> reader = new TreeMap<>(forKafka());
    reader.keySet().retainAll(ConsumerConfig.configNames());
    reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return reader;
  }

  /// What Confluent's serializers get.
  Map<String, Object> registry() {
    return forKafka();
  }

  TopicPlan topics() {
    return new TopicPlan(
        settings.get(PARTITIONS), settings.get(REPLICAS).shortValue(), settings.get(RETENTION));
  }

  boolean createsTopics() {
    return settings.get(CREATE);
  }

  Optional<ListenAddress> listenAddress() {
    return settings.get(LISTEN);
  }

  StoreKind store() {
    return settings.get(STORE);
  }

  /// What RocksDB may take outside the heap; empty when it is not used.
  OptionalLong rocksDbBytes() {
    return store() == StoreKind.ROCKSDB
        ? OptionalLong.of(settings.get(ROCKSDB_MEMORY))
        : OptionalLong.empty();
  }

  boolean tellsFirstSeen() {
    return settings.get(FIRST_SEEN);
  }

  /// How many lineages of the fleet are remembered, in each partition.
  int fleetLineages() {
    return settings.get(FLEET_LINEAGES);
  }

  FoldLimits foldLimits() {
    return FoldSettings.limits(settings);
  }

  Tempo tempo() {
    return new Tempo(settings.get(TELLING), settings.get(SILENCE));
  }

  String bootstrapServers() {
    return settings.get(BOOTSTRAP_SERVERS);
  }

  String registryUrl() {
    return settings.get(REGISTRY);
  }

  private Map<String, Object> forKafka() {
    return settings.where(StreamsSettings::isForOthers);
  }

  private static boolean isForOthers(String key) {
    return !key.startsWith(OF_TOPICS)
        && !key.startsWith(OF_FLEET)
        && !key.startsWith(FoldSettings.PREFIX)
        && !OF_THE_ROLE.contains(key);
  }

  /// May be overridden, but hardly anybody wants to.
  private static Map<String, Object> needed() {
    Map<String, Object> needed = new TreeMap<>();
    // each part of the topology reads one topic: there is none that it could wait for
    needed.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    needed.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    needed.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UndecodableRecords.class);
    needed.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnfoldableRecords.class);
    needed.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, Topics.DEAD_LETTERS);
    needed.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicPlan.OUTPUT_BYTES_MAX);
    needed.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(TopicPlan.OUTPUT_BYTES_MAX));
    needed.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), "LogAppendTime");
    return needed;
  }
}
