package io.tasktrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Kafka's own fake consumer over a topic of one partition whose records stay: they can be read
/// again.
final class FakeTopic extends MockConsumer<byte[], byte[]> {

  static final TopicPartition PARTITION = new TopicPartition(Words.SOURCE.topic(), 0);

  private final List<String> words = new ArrayList<>();

  FakeTopic() {
    super("none");
    updateBeginningOffsets(Map.of(PARTITION, 0L));
    updateEndOffsets(Map.of(PARTITION, 0L));
  }

  void add(String... more) {
    words.addAll(List.of(more));
    updateEndOffsets(Map.of(PARTITION, (long) words.size()));
  }

  void deleteBefore(long offset) {
    updateBeginningOffsets(Map.of(PARTITION, offset));
  }

  /// What the group remembers; -1 for nothing.
  long committed() {
    OffsetAndMetadata offset = committed(Set.of(PARTITION)).get(PARTITION);
    return offset == null ? -1 : offset.offset();
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
    if (assignment().contains(PARTITION) && !paused().contains(PARTITION)) {
      feed();
    }
    return super.poll(atMost);
  }

  private void feed() {
    long first = beginningOffsets(Set.of(PARTITION)).get(PARTITION);
    for (long at = Math.max(first, position(PARTITION)); at < words.size(); at++) {
      byte[] value = words.get((int) at).getBytes(UTF_8);
      addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, at, new byte[0], value));
    }
  }
}
