package io.tasktrail.streams.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the topics of tasktrail should be.
///
/// All of them are stamped by the broker (LogAppendTime): a host with a wrong clock can neither jam
/// its agent nor make the broker delete what was just written.
///
/// @param partitions of each topic, chosen once: a host's events must stay in one partition
/// @param replicas copies of each partition; [#BROKER_DEFAULT] leaves it to the broker
/// @param retention how long events and dead letters are kept; the table of tasks is compacted
///     instead
public record TopicPlan(int partitions, short replicas, Duration retention) {

  /// The broker's `default.replication.factor`.
  public static final short BROKER_DEFAULT = -1;

  /// An event with 64 KiB of arguments needs less than 200 KiB; this leaves room for those whose
  /// bound was raised.
  public static final int EVENT_BYTES_MAX = 2 << 20;

  /// An event with its history (128 links of at most 4 KiB), or as a dead letter with its headers.
  public static final int OUTPUT_BYTES_MAX = 2 * EVENT_BYTES_MAX;

  static final String LOG_APPEND_TIME = "LogAppendTime";

  List<PlannedTopic> topics() {
    return List.of(
        kept(Topics.TASK_EVENTS, EVENT_BYTES_MAX),
        compacted(Topics.TASK_HISTORY, OUTPUT_BYTES_MAX),
        compacted(Topics.MODULES, OUTPUT_BYTES_MAX),
        compacted(Topics.LINEAGES, OUTPUT_BYTES_MAX),
        compacted(Topics.HOSTS, OUTPUT_BYTES_MAX),
        compacted(Topics.FIRST_SEEN, OUTPUT_BYTES_MAX),
        kept(Topics.AUDIT_EVENTS, OUTPUT_BYTES_MAX),
        kept(Topics.DEAD_LETTERS, OUTPUT_BYTES_MAX));
  }

  private PlannedTopic kept(String name, int bytesMax) {
    return topic(
        name,
        Map.of(
            MESSAGE_TIMESTAMP_TYPE_CONFIG,
            LOG_APPEND_TIME,
            MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(bytesMax),
            CLEANUP_POLICY_CONFIG,
            CLEANUP_POLICY_DELETE,
            RETENTION_MS_CONFIG,
            Long.toString(retention.toMillis())));
  }

  private PlannedTopic compacted(String name, int bytesMax) {
    return topic(
        name,
        Map.of(
            MESSAGE_TIMESTAMP_TYPE_CONFIG,
            LOG_APPEND_TIME,
            MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(bytesMax),
            CLEANUP_POLICY_CONFIG,
            CLEANUP_POLICY_COMPACT));
  }

  private PlannedTopic topic(String name, Map<String, String> configs) {
    return new PlannedTopic(name, partitions, replicas, configs);
  }
}
