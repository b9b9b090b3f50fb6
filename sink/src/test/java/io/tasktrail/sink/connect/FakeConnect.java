package io.tasktrail.sink.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.sink.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/// Calls a delivery in the order in which a worker of Kafka Connect does (`WorkerSinkTask`), over a
/// topic of one partition whose records stay: they can be read again.
final class FakeConnect implements SinkTaskContext {

  static final TopicPartition PARTITION = new TopicPartition(Words.SOURCE.topic(), 0);

  private final List<String> words = new ArrayList<>();
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private Delivery delivery;
  private Long rewind;
  private long position;
  private long current;
  private long committed = -1;
  private long first;
  private long timeoutMillis = -1;
  private boolean commitRequested;

  void run(Delivery task) {
    delivery = task;
    task.begin();
  }

  void add(String... more) {
    words.addAll(List.of(more));
  }

  /// Retention deletes the oldest: a consumer that wants them is given the first that there is.
  void deleteBefore(long offset) {
    first = offset;
  }

  long firstOffset() {
    return first;
  }

  /// So many offsets come next that no consumer is given.
  void passOver(int offsets) {
    position += offsets;
  }

  /// What the group remembers; -1 for nothing.
  long committed() {
    return committed;
  }

  void commitAsAnother(long offset) {
    committed = offset;
  }

  boolean isPaused() {
    return paused.contains(PARTITION);
  }

  long timeoutMillis() {
    return timeoutMillis;
  }

  void assign() {
    assigned.add(PARTITION);
    position = Math.max(0, committed);
    current = position;
    delivery.open(Set.of(PARTITION));
    rewind();
  }

  void revoke() {
    commit();
    lose();
  }

  void lose() {
    delivery.close(Set.of(PARTITION));
    assigned.clear();
  }

  /// One turn of the worker's loop, which hands over all there is.
  void turn() {
    if (commitRequested) {
      commitRequested = false;
      commit();
    }
    rewind();
    timeoutMillis = -1;
    List<SinkRecord> records = new ArrayList<>();
    position = Math.max(position, first);
    while (assigned.contains(PARTITION) && !isPaused() && position < words.size()) {
      records.add(record(position, words.get((int) position)));
      position++;
    }
    delivery.put(records);
    current = position;
  }

  /// What a turn does first when its time has come.
  void commit() {
    OffsetAndMetadata told =
        delivery.commit(Map.of(PARTITION, new OffsetAndMetadata(current))).get(PARTITION);
    if (told != null) {
      if (told.offset() > current) {
        throw new AssertionError(told + " was never handed over, only " + current);
      }
      committed = told.offset();
    }
  }

  private void rewind() {
    if (rewind != null) {
      if (!assigned.contains(PARTITION)) {
        throw new IllegalStateException("No current assignment for partition " + PARTITION);
      }
      position = rewind;
      current = rewind;
      rewind = null;
    }
  }

  private static SinkRecord record(long offset, String word) {
    return new SinkRecord(
        PARTITION.topic(),
        PARTITION.partition(),
        Schema.OPTIONAL_BYTES_SCHEMA,
        new byte[0],
        Schema.OPTIONAL_BYTES_SCHEMA,
        word.getBytes(UTF_8),
        offset,
        0L,
        TimestampType.LOG_APPEND_TIME);
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    offsets.forEach(this::offset);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    rewind = offset;
  }

  @Override
  public void timeout(long millis) {
    timeoutMillis = millis;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return assigned;
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused.addAll(List.of(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    paused.removeAll(List.of(partitions));
  }

  @Override
  public void requestCommit() {
    commitRequested = true;
  }

  @Override
  public PluginMetrics pluginMetrics() {
    throw new UnsupportedOperationException();
  }
}
