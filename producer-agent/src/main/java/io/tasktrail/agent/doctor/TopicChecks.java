package io.tasktrail.agent.doctor;

import static java.util.stream.Collectors.toMap;

import io.tasktrail.agent.publish.Reason;
import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topic of events: whether it is there, may be written to, and is as it must be. Asks, and
/// writes nothing.
///
/// The right to write to the topic is enough for an idempotent producer, since Kafka 2.8 (KIP-679).
///
/// @param login what must be in order before
record TopicChecks(Connection connection, Check login) {

  private static final String TOPIC = Topics.TASK_EVENTS;

  /// An event with 64 KiB of arguments needs less than 200 KiB.
  static final int EVENT_BYTES = 256 << 10;

  private static final Duration RETENTION_LEAST = Duration.ofDays(1);

  List<Check> all() {
    Check there = Check.after(login, "topic", this::there);
    return List.of(
        there,
        Check.after(there, "right to write", this::right),
        Check.after(there, "topic settings", this::settings));
  }

  private Finding there() throws InterruptedException {
    try {
      return there(described());
    } catch (ExecutionException refused) {
      return switch (refused.getCause()) {
        case UnknownTopicOrPartitionException _ ->
            Finding.fail(
                TOPIC + " is missing", "tasktrail topics --create --config streams.properties");
        case AuthorizationException _ -> mayNot();
        default ->
            Finding.fail(
                "Kafka does not tell: " + Reason.of(refused),
                "see whether this host reaches the brokers by their advertised.listeners");
      };
    }
  }

  private static Finding there(TopicDescription topic) {
    long headless =
        topic.partitions().stream()
            .filter(each -> each.leader() == null || each.leader().isEmpty())
            .count();
    return headless == 0
        ? Finding.ok(TOPIC + ", " + topic.partitions().size() + " partition(s)")
        : Finding.fail(
            headless + " of its partitions have no leader: nothing can be written there",
            "start the brokers that are down");
  }

  private Finding right() throws ExecutionException, InterruptedException {
    var operations = described().authorizedOperations();
    if (operations == null) {
      return Finding.skip("this broker does not tell rights (Kafka before 2.3)");
    }
    return operations.contains(AclOperation.WRITE) || operations.contains(AclOperation.ALL)
        ? Finding.ok("the agent's user may write to " + TOPIC)
        : mayNot();
  }

  private Finding mayNot() {
    return Finding.fail(
        "the agent's user may not write to " + TOPIC,
        "kafka-acls.sh --bootstrap-server "
            + connection.bootstrapServers()
            + " --add --allow-principal User:NAME --operation Write --topic "
            + TOPIC);
  }

  private Finding settings() throws InterruptedException {
    try (Admin admin = Admin.create(connection.forAdmin())) {
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
      return judge(
          admin.describeConfigs(List.of(topic)).values().get(topic).get().entries().stream()
              .filter(entry -> entry.value() != null)
              .collect(toMap(ConfigEntry::name, ConfigEntry::value)),
          connection.bootstrapServers());
    } catch (ExecutionException refused) {
      return refused.getCause() instanceof AuthorizationException
          ? Finding.skip(
              "the agent's user may not see them, and need not: tasktrail topics --check does")
          : Finding.fail("Kafka does not tell: " + Reason.of(refused), "see the broker's log");
    }
  }

  /// Pure.
  ///
  /// @param settings of the topic, by Kafka's names
  static Finding judge(Map<String, String> settings, String servers) {
    String stamps = settings.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    String cleanup = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    long bytesMax = Long.parseLong(settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    long retention = Long.parseLong(settings.get(TopicConfig.RETENTION_MS_CONFIG));
    if (!"LogAppendTime".equals(stamps)) {
      return wrong(
          "times are those of the hosts: a wrong clock makes Kafka delete too early or too late",
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG + "=LogAppendTime",
          servers);
    }
    if (cleanup.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      return wrong(
          "it is compacted: Kafka deletes all but the last events of each host",
          TopicConfig.CLEANUP_POLICY_CONFIG + "=delete",
          servers);
    }
    if (bytesMax < EVENT_BYTES) {
      return wrong(
          "events of more than " + bytesMax + " bytes are refused, by long command lines",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "=2097152",
          servers);
    }
    return kept(retention, servers)
        .orElseGet(
            () -> Finding.ok("LogAppendTime, " + shown(retention) + ", up to " + bytesMax + " B"));
  }

  private static Optional<Finding> kept(long retention, String servers) {
    return retention < 0 || retention >= RETENTION_LEAST.toMillis()
        ? Optional.empty()
        : Optional.of(
            Finding.warn(
                shown(retention) + ": the role streams must not be away for longer",
                alter(TopicConfig.RETENTION_MS_CONFIG + "=604800000", servers)));
  }

  private static String shown(long retention) {
    return retention < 0
        ? "kept for ever"
        : "kept for " + Duration.ofMillis(retention).toHours() + " h";
  }

  private static Finding wrong(String found, String setting, String servers) {
    return Finding.fail(found, alter(setting, servers));
  }

  private static String alter(String setting, String servers) {
    return "kafka-configs.sh --bootstrap-server "
        + servers
        + " --alter --entity-type topics --entity-name "
        + TOPIC
        + " --add-config "
        + setting;
  }

  private TopicDescription described() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(connection.forAdmin())) {
      return admin
          .describeTopics(
              List.of(TOPIC), new DescribeTopicsOptions().includeAuthorizedOperations(true))
          .topicNameValues()
          .get(TOPIC)
          .get();
    }
  }
}
