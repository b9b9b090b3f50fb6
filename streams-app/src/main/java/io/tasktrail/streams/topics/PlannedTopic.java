package io.tasktrail.streams.topics;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/// A topic as it is made where it is missing.
///
/// @param replicas copies of each partition; [TopicPlan#BROKER_DEFAULT] leaves it to the broker
/// @param configs its settings beside the broker's defaults
record PlannedTopic(String name, int partitions, short replicas, Map<String, String> configs) {

  PlannedTopic {
    configs = Map.copyOf(configs);
  }

  NewTopic toNew() {
    return new NewTopic(name, Optional.of(partitions), chosenReplicas()).configs(configs);
  }

  private Optional<Short> chosenReplicas() {
    return replicas == TopicPlan.BROKER_DEFAULT ? Optional.empty() : Optional.of(replicas);
  }
}
