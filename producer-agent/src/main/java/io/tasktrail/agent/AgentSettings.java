package io.tasktrail.agent;

import static io.tasktrail.role.Parser.bytes;
import static io.tasktrail.role.Parser.duration;
import static io.tasktrail.role.Parser.httpAddresses;
import static io.tasktrail.role.Parser.integer;
import static io.tasktrail.role.Parser.path;
import static io.tasktrail.role.Parser.text;

import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.tasktrail.agent.filter.FilterRules;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.role.Declared;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.role.http.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The keys that the agent understands. `src/main/config/agent.properties` shows them to users.
public final class AgentSettings {

  /// What the example file begins with.
  static final String INTRODUCTION =
      "The agent of tasktrail: reads what the kernel captured on this host, and publishes it to"
          + " Kafka. What begins with # is the default. Every setting of Kafka's producer and of"
          + " Confluent's serializer may stand here too, under its own name, such as"
          + " security.protocol, ssl.truststore.location, basic.auth.user.info.";

  /// Where the capture is pinned.
  public static final Setting<Path> PIN =
      Setting.of(
          "capture.pin",
          "/sys/fs/bpf/tasktrail",
          "The folder in which tasktrail-arm pinned the capture.",
          "The agent must be of the group that tasktrail-arm --group named.",
          path());

  /// What is read.
  public static final Setting<CaptureSource> SOURCE =
      Setting.of(
          "capture.source",
          "kernel",
          "What is read: kernel, what tasktrail-arm captures; or, for hosts where BPF can't be"
              + " loaded, audit, records of the audit system, or proc, what tasktrail-listen tells of"
              + " /proc.",
          "audit, proc: no history is ever WHOLE, and what they can't know is missing:"
              + " docs/audit.md, docs/proc.md.",
          Parser.oneOf(CaptureSource.class));

  /// What standard input is called as [#AUDIT_INPUT].
  static final String STANDARD_INPUT = "-";

  /// Where records of the audit system are read.
  public static final Setting<String> AUDIT_INPUT =
      Setting.of(
          "audit.input",
          STANDARD_INPUT,
          "With capture.source=audit, where records are read: a file, such as"
              + " /var/log/audit/audit.log, or - for standard input, as a plugin of auditd.",
          "The agent ends where standard input ends; a file is followed over its rotation, see"
              + " audit.follow.",
          text());

  /// Whether a file is followed.
  public static final Setting<Boolean> AUDIT_FOLLOW =
      Setting.of(
          "audit.follow",
          "true",
          "Whether a file of audit.input is followed over its rotation, from where the last agent"
              + " got to.",
          "false: it is read from its beginning to its end, where the agent ends.",
          Parser.bool());

  /// Where it is kept how far a file was followed.
  public static final Setting<Path> AUDIT_STATE =
      Setting.of(
          "audit.state",
          "/var/lib/tasktrail/audit",
          "The folder that keeps how far a file of audit.input was followed, and what is known of"
              + " its pids; the agent makes it, or must be allowed to write there. One agent a"
              + " folder.",
          "Without what it holds the agent begins where the file of audit.input begins, and tells"
              + " that again.",
          path());

  /// What an agent of `tasktrail-listen` leaves to the next one.
  public static final Setting<Optional<Path>> PROC_STATE =
      Setting.of(
          "proc.state",
          "/var/lib/tasktrail/proc",
          "With capture.source=proc, the folder that keeps how often each task executed; the agent"
              + " makes it, or must be allowed to write there. One agent a folder.",
          "Empty, or gone: tasks that live when the next agent starts are told as ones that nobody"
              + " knew.",
          Parser.optional(path()));

  /// Overrides the hash of the machine id.
  public static final Setting<Optional<UUID>> HOST_ID =
      Setting.of(
          "host.id",
          "",
          "The id of this host; empty: a hash of /etc/machine-id, which itself is not published.",
          "All events of an id are one host's. Two hosts of one id (a cloned machine-id) would be"
              + " mixed up; a changed id begins a new host.",
          Parser.optional(uuid()));

  /// Latency at rest.
  public static final Setting<Duration> POLL_INTERVAL =
      Setting.of(
          "poll.interval",
          "100ms",
          "How long the agent rests once it has read everything.",
          "This is the latency at rest. Shorter costs processor time while nothing happens; longer"
              + " wants a ring that holds what happens meanwhile.",
          duration(Duration.ofMillis(1), Duration.ofSeconds(10)));

  /// How often the agent says that it lives.
  public static final Setting<Duration> HEARTBEAT_INTERVAL =
      Setting.of(
          "heartbeat.interval",
          "10s",
          "How often a Heartbeat is published, with the numbers up to which everything is settled.",
          "Tells silence from quiet: a host without heartbeats for longer is not being watched.",
          duration(Duration.ofMillis(100), Duration.ofHours(1)));

  /// Bound of events given to the publisher and not acknowledged.
  public static final Setting<Integer> IN_FLIGHT_RECORDS =
      Setting.of(
          "in.flight.records",
          "8192",
          "How many events may be on their way at once.",
          "At the bound the agent reads no further until some are acknowledged: the ring keeps"
              + " what comes, and a full ring counts what it loses.",
          integer(16, 1 << 20));

  /// Bound of the same in bytes.
  public static final Setting<Long> IN_FLIGHT_BYTES =
      Setting.of(
          "in.flight.bytes",
          "4m",
          "How many bytes of events may be on their way at once.",
          "As in.flight.records. It bounds the agent's memory while Kafka can't be reached.",
          bytes(64 << 10, 1 << 30));

  /// Where to spool; empty: nowhere.
  public static final Setting<Optional<Path>> SPOOL_DIR =
      Setting.of(
          "spool.dir",
          "/var/lib/tasktrail/spool",
          "The folder for events that Kafka does not acknowledge in time; the agent makes it, or"
              + " must be allowed to write there. One agent a folder.",
          "Empty: no spool, and a full ring loses what comes while Kafka is away, counted. The"
              + " files hold what would be published; other users can't read a folder that the"
              + " agent made.",
          Parser.optional(path()));

  /// Bound of the spool.
  public static final Setting<Long> SPOOL_BYTES_MAX =
      Setting.of(
          "spool.bytes.max",
          "1g",
          "How large the spool may grow, compressed: 1g holds about 15 million events.",
          "At the bound tasks that executed nothing are given up first, from fork to exit, and"
              + " published as lost with their numbers; after that the ring is not read, and counts"
              + " what it loses.",
          bytes(1 << 20, 1L << 40));

  /// What the spool leaves to others.
  public static final Setting<Long> SPOOL_BYTES_FREE =
      Setting.of(
          "spool.bytes.free",
          "256m",
          "How much of the file system the spool leaves free for others.",
          "With less than that free nothing more is spooled: the ring keeps the events, and the"
              + " disk is looked at again and again.",
          bytes(0, 1L << 40));

  /// When spooling begins.
  public static final Setting<Duration> SPOOL_AFTER =
      Setting.of(
          "spool.after",
          "5s",
          "How long Kafka may leave an event unacknowledged before events go to the spool; with as"
              + " many in flight as may be, 2 seconds are enough.",
          "Shorter spares the ring, of which 8 MB are full within 11 seconds at 1,000 programs a"
              + " second; longer spares the disk when a broker is restarted.",
          duration(Duration.ofMillis(100), Duration.ofMinutes(10)));

  /// How long the agent waits for acknowledgements when it is stopped.
  public static final Setting<Duration> STOP_TIMEOUT =
      Setting.of(
          "stop.timeout",
          "10s",
          "How long a stopped agent reads what was captured till then, and waits for what is on its"
              + " way.",
          "When it is over the next agent publishes those events again, and readers know them by"
              + " their numbers; where the host goes down, what neither Kafka nor the spool has by"
              + " then is gone.",
          duration(Duration.ZERO, Duration.ofSeconds(25)));

  /// How often the agent looks whether a program of its own is captured.
  public static final Setting<Duration> CANARY_INTERVAL =
      Setting.of(
          "canary.interval",
          "60s",
          "How often the agent runs /bin/true, to see whether it is captured and how soon it is"
              + " acknowledged; 0s: never.",
          "It is the only thing that notices a capture that fails silently. The event has the"
              + " argument tasktrail-canary=…, to filter by.",
          duration(Duration.ZERO, Duration.ofHours(1)));

  /// Whether executables are hashed.
  public static final Setting<Boolean> EXE_SHA256 =
      Setting.of(
          "exe.sha256",
          "false",
          "Whether events of execs have the SHA-256 of what was executed, where the agent may read"
              + " it.",
          "true: each executable is read once until it changes, up to 32 MB of one and 64 MB a"
              + " minute; the first exec of each may wait up to 20 ms for it.",
          Parser.bool());

  /// Whether secrets are masked.
  public static final Setting<Boolean> MASK_ENABLED =
      Setting.of(
          "mask.enabled",
          "true",
          "Whether secrets in command lines are masked before anything leaves the agent.",
          "false: passwords and tokens stand in the topic, in the spool and wherever events go from"
              + " there, for as long as they are kept.",
          Parser.bool());

  /// More rules.
  public static final Setting<Optional<Path>> MASK_RULES =
      Setting.of(
          "mask.rules",
          "",
          "A file of more rules of masking; one with the name of a shipped rule replaces it.",
          "Empty: the shipped ones alone. A wrong line keeps the agent from starting; tasktrail"
              + " mask tries the rules, docs/masking.md says how they are written.",
          Parser.optional(path()));

  /// Rules that are not wanted.
  public static final Setting<List<String>> MASK_EXCEPT =
      Setting.of(
          "mask.except",
          "",
          "Names of rules that are left out, joined by commas.",
          "What only they would find is published. An unknown name keeps the agent from starting;"
              + " tasktrail mask lists those that there are.",
          names());

  /// What nobody is told of.
  public static final Setting<Optional<Path>> FILTER_RULES =
      Setting.of(
          "filter.rules",
          "",
          "A file of rules that say of which programs, users, containers, units and sessions people"
              + " are told; docs/filters.md says how they are written.",
          "Empty: of all. What is left out is published all the same, marked and without its"
              + " arguments, so that histories stay whole; no audit event is made of it. A wrong"
              + " line keeps the agent from starting.",
          Parser.optional(path()));

  /// Where users may ask for more.
  public static final Setting<Optional<Path>> CONTROL_SOCKET =
      Setting.of(
          "control.socket",
          "",
          "A unix socket at which root and the agent's user may ask a running agent to tell of a"
              + " process or a container in spite of filter.rules: tasktrail agent ctl. Such as"
              + " /run/tasktrail/agent.sock, in a folder that others can't write to.",
          "Empty: none, and only filter.rules decide.",
          Parser.optional(path()));

  /// Where health and metrics are told.
  public static final Setting<Optional<ListenAddress>> LISTEN = ListenAddress.setting(9463);

  /// Kafka's.
  public static final Setting<String> BOOTSTRAP_SERVERS =
      Setting.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          "localhost:9092",
          "Brokers to begin with, HOST:PORT, several joined by commas.",
          "While none of them answers, the ring and then the spool keep the events.",
          text());

  /// Confluent's.
  public static final Setting<String> SCHEMA_REGISTRY =
      Setting.of(
          "schema.registry.url",
          "http://localhost:8081",
          "The registry of schemas; several joined by commas.",
          "Asked once for each schema after a start; while it does not answer, the ring and then"
              + " the spool keep the events.",
          httpAddresses());

  private AgentSettings() {}

  /// All keys: the agent's own, and what goes to Kafka's producer and Confluent's serializer.
  public static Declared declared() {
    return Declared.of(own()).passing(others()).passingPrefixes(Declared.CONNECTION_PREFIXES);
  }

  private static List<Setting<?>> own() {
    return List.of(
        BOOTSTRAP_SERVERS,
        SCHEMA_REGISTRY,
        HOST_ID,
        SOURCE,
        PIN,
        AUDIT_INPUT,
        AUDIT_FOLLOW,
        AUDIT_STATE,
        PROC_STATE,
        POLL_INTERVAL,
        HEARTBEAT_INTERVAL,
        IN_FLIGHT_RECORDS,
        IN_FLIGHT_BYTES,
        SPOOL_DIR,
        SPOOL_BYTES_MAX,
        SPOOL_BYTES_FREE,
        SPOOL_AFTER,
        CANARY_INTERVAL,
        EXE_SHA256,
        MASK_ENABLED,
        MASK_RULES,
        MASK_EXCEPT,
        FILTER_RULES,
        CONTROL_SOCKET,
        LISTEN,
        STOP_TIMEOUT);
  }

  private static Set<String> others() {
    Set<String> names = new TreeSet<>(ProducerConfig.configNames());
    names.addAll(AbstractKafkaSchemaSerDeConfig.baseConfigDef().names());
    return names;
  }

  /// Whether a key is for Kafka's producer or Confluent's serializer.
  public static boolean isForKafka(String key) {
    return key.equals(BOOTSTRAP_SERVERS.key())
        || key.equals(SCHEMA_REGISTRY.key())
        || own().stream().noneMatch(setting -> setting.key().equals(key));
  }

  /// Where it is kept how far a log of audit was followed; empty where none is.
  static Optional<Path> auditState(Settings settings) {
    boolean isFile = !settings.get(AUDIT_INPUT).equals(STANDARD_INPUT);
    return isFile && settings.get(AUDIT_FOLLOW)
        ? Optional.of(settings.get(AUDIT_STATE))
        : Optional.empty();
  }

  /// What is masked.
  ///
  /// @throws io.tasktrail.role.Failure with every wrong rule
  public static Rules maskRules(Settings settings) {
    Rules rules = Rules.of(settings.get(MASK_RULES), settings.get(MASK_EXCEPT));
    return settings.get(MASK_ENABLED) ? rules : Rules.NONE;
  }

  /// What nobody is told of.
  ///
  /// @throws io.tasktrail.role.Failure with every wrong rule
  public static FilterRules filterRules(Settings settings) {
    return settings.get(FILTER_RULES).map(FilterRules::of).orElse(FilterRules.NONE);
  }

  private static Parser<List<String>> names() {
    return new Parser<>(
        "names joined by commas, such as slack,jwt, or empty",
        text ->
            Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList());
  }

  private static Parser<UUID> uuid() {
    return new Parser<>("a UUID, such as 3141c990-e199-4ed4-8eae-7a23e957e5e7", UUID::fromString);
  }
}
