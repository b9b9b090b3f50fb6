package io.tasktrail.streams.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.util.List;
import java.util.Optional;

/// A topic that there must be, and what there is of it.
public final class TopicReport {

  private static final List<String> TOLD =
      List.of(
          CLEANUP_POLICY_CONFIG,
          MESSAGE_TIMESTAMP_TYPE_CONFIG,
          RETENTION_MS_CONFIG,
          MAX_MESSAGE_BYTES_CONFIG);

  private final PlannedTopic planned;
  private final Optional<FoundTopic> found;

  /// @param found empty when it is missing
  TopicReport(PlannedTopic planned, Optional<FoundTopic> found) {
    this.planned = planned;
    this.found = found;
  }

  /// What it is, in one line.
  public String line() {
    return planned.name() + ": " + found.map(TopicReport::told).orElse("missing");
  }

  /// What is wrong with it, each with its cure; nothing when it is as it must be.
  public List<String> problems() {
    return found
        .map(topic -> topic.problems(planned))
        .orElseGet(
            () ->
                List.of(
                    "topic %s is missing: set topics.create=true, or run tasktrail topics --create"
                        .formatted(planned.name())));
  }

  boolean isMissing() {
    return found.isEmpty();
  }

  PlannedTopic planned() {
    return planned;
  }

  /// How long a compacted topic would keep its records says nothing.
  private static String told(FoundTopic topic) {
    StringBuilder told =
        new StringBuilder("partitions=" + topic.partitions() + " replicas=" + topic.replicas());
    TOLD.stream()
        .filter(key -> !key.equals(RETENTION_MS_CONFIG) || topic.isDeleted())
        .forEach(key -> told.append(' ').append(key).append('=').append(topic.value(key)));
    return told.toString();
  }
}
