package io.tasktrail.bench.streams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads what a topic holds.
///
/// @param clients addresses
record TopicReader(Map<String, ?> clients) {

  private static final Duration POLL = Duration.ofSeconds(10);

  /// All that is committed, from the beginning to what is the end now.
  ///
  /// @return how many records
  long read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<String, Object> settings = new TreeMap<>(clients);
    settings.put("isolation.level", "read_committed");
    settings.put("max.poll.records", 10_000);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(rewind(consumer, topic));
      long count = 0;
      while (isBefore(ends, consumer)) {
        var records = consumer.poll(POLL);
        records.forEach(each);
        count += records.count();
      }
      return count;
    }
  }

  long count(String topic) {
    return read(topic, _ -> {});
  }

  private static boolean isBefore(Map<TopicPartition, Long> ends, KafkaConsumer<?, ?> consumer) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /// Assigns all of a topic, from its beginning.
  static List<TopicPartition> rewind(KafkaConsumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return partitions;
  }
}
