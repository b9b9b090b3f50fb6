package io.tasktrail.streams.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;

/// A topic as it is on the broker.
///
/// @param replicas copies of each partition, where they differ of the one with the fewest
record FoundTopic(String name, int partitions, int replicas, Config config) {

  FoundTopic(TopicDescription description, Config config) {
    this(description.name(), description.partitions().size(), fewestReplicas(description), config);
  }

  private static int fewestReplicas(TopicDescription description) {
    return description.partitions().stream()
        .mapToInt(partition -> partition.replicas().size())
        .min()
        .orElse(0);
  }

  /// What is wrong with it, each with its cure; what does no harm may differ from the plan.
  List<String> problems(PlannedTopic planned) {
    List<String> problems = new ArrayList<>();
    if (partitions != planned.partitions()) {
      problems.add(wrongPartitions(planned.partitions()));
    }
    if (!TopicPlan.LOG_APPEND_TIME.equals(value(MESSAGE_TIMESTAMP_TYPE_CONFIG))) {
      problems.add(wrongConfig(planned, MESSAGE_TIMESTAMP_TYPE_CONFIG));
    }
    if (isCompacted(value(CLEANUP_POLICY_CONFIG))
        != isCompacted(planned.configs().get(CLEANUP_POLICY_CONFIG))) {
      problems.add(wrongConfig(planned, CLEANUP_POLICY_CONFIG));
    }
    if (bytesMax(value(MAX_MESSAGE_BYTES_CONFIG))
        < bytesMax(planned.configs().get(MAX_MESSAGE_BYTES_CONFIG))) {
      problems.add(wrongConfig(planned, MAX_MESSAGE_BYTES_CONFIG));
    }
    return problems;
  }

  private String wrongPartitions(int wanted) {
    return "topic %s has %d partitions, not %d: set topics.partitions=%d, or delete the topic"
            .formatted(name, partitions, wanted, partitions)
        + " (hosts can't move between partitions, so that it can't be changed in place)";
  }

  private String wrongConfig(PlannedTopic planned, String key) {
    return "topic %s has %s=%s: run kafka-configs.sh --alter --entity-type topics --entity-name %s"
            .formatted(name, key, value(key), name)
        + " --add-config %s=%s".formatted(key, planned.configs().get(key));
  }

  /// Whether its records go when their time has come.
  boolean isDeleted() {
    return policies(value(CLEANUP_POLICY_CONFIG)).contains(CLEANUP_POLICY_DELETE);
  }

  String value(String key) {
    return config.get(key).value();
  }

  private static boolean isCompacted(String policy) {
    return policies(policy).contains(CLEANUP_POLICY_COMPACT);
  }

  private static Set<String> policies(String policy) {
    return Set.of(policy.split(",", -1));
  }

  private static int bytesMax(String value) {
    return Integer.parseInt(value);
  }
}
