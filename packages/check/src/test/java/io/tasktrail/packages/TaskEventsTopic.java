package io.tasktrail.packages;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The topic of task events, with one partition, read from its beginning on.
final class TaskEventsTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final TopicPartition ONLY = new TopicPartition(Topics.TASK_EVENTS, 0);

  private final KafkaConsumer<String, TaskEvent> consumer;
  private final Serde<TaskEvent> serde;
  private final List<ConsumerRecord<String, TaskEvent>> records = new ArrayList<>();

  /// Makes it, and reads nothing yet.
  static TaskEventsTopic create(Map<String, Object> connection) throws Exception {
    try (Admin admin = Admin.create(connection)) {
      NewTopic topic =
          new NewTopic(Topics.TASK_EVENTS, Optional.of(1), Optional.empty())
              .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
      admin.createTopics(List.of(topic)).all().get();
    }
    return new TaskEventsTopic(connection);
  }

  private TaskEventsTopic(Map<String, Object> connection) {
    serde = WireFormat.taskEvents(connection);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)),
            new StringDeserializer(),
            serde.deserializer());
    consumer.assign(List.of(ONLY));
    consumer.seekToBeginning(List.of(ONLY));
  }

  /// Everything read so far, after one more look.
  List<TaskEvent> events() {
    consumer.poll(POLL).forEach(records::add);
    return records.stream().map(ConsumerRecord::value).toList();
  }

  /// Everything that is there now.
  List<TaskEvent> all() {
    long end = consumer.endOffsets(List.of(ONLY)).get(ONLY);
    while (consumer.position(ONLY) < end) {
      events();
    }
    return events();
  }

  /// When the broker wrote the first of those that were read.
  Instant begin() {
    return Instant.ofEpochMilli(records.getFirst().timestamp());
  }

  @Override
  public void close() {
    consumer.close();
    serde.close();
  }
}
