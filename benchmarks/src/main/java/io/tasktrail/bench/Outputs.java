package io.tasktrail.bench;

import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What a work wrote: each starts from nothing, so that none is slower for what was before it.
record Outputs(Backbone backbone) {

  private static final Duration POLL = Duration.ofSeconds(10);

  /// @throws IllegalStateException unless so many audit events are there, committed: a figure
  /// of a work that did not do its work would be none
  void require(long count) {
    long found = committed();
    if (found != count) {
      throw new IllegalStateException("made " + found + " audit events of " + count + " events");
    }
  }

  private long committed() {
    var settings = backbone.with(Map.of("isolation.level", "read_committed"));
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = rewind(consumer, Topics.AUDIT_EVENTS);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long count = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        count += consumer.poll(POLL).count();
      }
      return count;
    }
  }

  /// Assigns all of a topic, from its beginning.
  List<TopicPartition> rewind(KafkaConsumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }

  /// Deletes every topic but the stock and Kafka's own.
  void delete() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(backbone.with(Map.of()))) {
      List<String> written =
          admin.listTopics().names().get().stream()
              .filter(name -> !name.equals(Topics.TASK_EVENTS))
              .toList();
      admin.deleteTopics(written).all().get();
    }
  }
}
