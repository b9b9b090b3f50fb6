package io.tasktrail.demo;

import io.tasktrail.role.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What a group still has to read of a topic. Who reads by Kafka Connect commits up to the last
/// record that it was handed, not past the marks of transactions behind it.
final class Backlog implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Far longer than a broker in the same process takes to answer a fetch.
  private static final Duration ONE_FETCH = Duration.ofSeconds(1);

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> reader;

  Backlog(Backbone backbone) {
    admin = Admin.create(Map.copyOf(backbone.addresses()));
    Map<String, Object> reading = new HashMap<>(backbone.addresses());
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    reader = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// Waits until the group has committed everything that is in the topic now.
  ///
  /// @throws Failure if that takes too long
  void awaitNone(String topic, String group) throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = ends(topic);
    long late = System.nanoTime() + PATIENCE.toNanos();
    while (!hasReached(ends, group)) {
      if (System.nanoTime() - late > 0) {
        throw new Failure(
            "not drained within " + PATIENCE.toSeconds() + " s",
            topic + " by " + group,
            "what stands on stderr above may tell why");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private boolean hasReached(Map<TopicPartition, Long> ends, String group)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return ends.entrySet().stream()
        .allMatch(end -> end.getValue() == 0 || reached(committed.get(end.getKey()), end));
  }

  private boolean reached(OffsetAndMetadata done, Map.Entry<TopicPartition, Long> end) {
    return done != null
        && (done.offset() >= end.getValue()
            || holdsMarksAlone(end.getKey(), done.offset(), end.getValue()));
  }

  private boolean holdsMarksAlone(TopicPartition partition, long from, long end) {
    reader.assign(List.of(partition));
    reader.seek(partition, from);
    return reader.poll(ONE_FETCH).isEmpty() && reader.position(partition) >= end;
  }

  private Map<TopicPartition, Long> ends(String topic)
      throws ExecutionException, InterruptedException {
    int partitions =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, partitions)
            .boxed()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition), _ -> OffsetSpec.latest()));
    return admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
  }
}
