package io.tasktrail.agent;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The topic of task events, read from its beginning on.
final class TaskEventsTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<String, TaskEvent> consumer;
  private final Serde<TaskEvent> serde;
  private final List<TaskEvent> events = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();

  TaskEventsTopic(Map<String, Object> connection) {
    serde = WireFormat.taskEvents(connection);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new StringDeserializer(),
            serde.deserializer());
    TopicPartition only = new TopicPartition(Topics.TASK_EVENTS, 0);
    consumer.assign(List.of(only));
    consumer.seekToBeginning(List.of(only));
  }

  /// A new, empty one in place of any old one.
  static TaskEventsTopic create(Map<String, Object> connection) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)))) {
      NewTopic topic =
          new NewTopic(Topics.TASK_EVENTS, Optional.of(1), Optional.empty())
              .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
    return new TaskEventsTopic(connection);
  }

  /// Everything read so far, after one more look.
  List<TaskEvent> events() {
    consumer
        .poll(POLL)
        .forEach(
            record -> {
              keys.add(record.key());
              events.add(record.value());
            });
    return events;
  }

  /// Everything that is there now.
  List<TaskEvent> all() {
    long end = consumer.endOffsets(consumer.assignment()).values().iterator().next();
    while (consumer.position(consumer.assignment().iterator().next()) < end) {
      events();
    }
    return events;
  }

  /// The keys of what was read so far.
  List<String> keys() {
    return keys;
  }

  @Override
  public void close() {
    consumer.close();
    serde.close();
  }
}
