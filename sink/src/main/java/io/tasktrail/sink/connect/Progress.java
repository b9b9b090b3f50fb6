package io.tasktrail.sink.connect;

import io.tasktrail.sink.Positions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/// How far each open partition is, and what the destination remembers of all.
///
/// A task is not told where the group stands. So it never goes back to what the destination
/// remembers, which another task may have overtaken long ago; what the destination has already
/// (it was killed between its sync and the commit) is passed over as it comes.
final class Progress {

  private static final long UNKNOWN = -1;

  /// Offsets of a partition since it was opened.
  private static final class At {
    long first = UNKNOWN;
    long reached = UNKNOWN;
    long durable = UNKNOWN;

    /// What is handed over from here on is not durable.
    long start() {
      return durable == UNKNOWN ? first : durable;
    }
  }

  private final Map<TopicPartition, At> open = new HashMap<>();
  private Positions remembered = Positions.NONE;

  void open(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> open.put(partition, new At()));
  }

  void close(Collection<TopicPartition> partitions) {
    open.keySet().removeAll(partitions);
  }

  boolean isIdle() {
    return open.isEmpty();
  }

  /// The destination is ready, and where it says; nothing that is not durable was kept.
  void resumed(Positions positions) {
    remembered = positions;
    open.values().forEach(at -> at.reached = at.durable);
  }

  /// A record has come; whatever becomes of it.
  void handed(SinkRecord record) {
    At at = at(record);
    if (at.first == UNKNOWN) {
      at.first = record.kafkaOffset();
    }
  }

  /// The offset that comes next, as far as is known: here, or by what the destination remembers.
  OptionalLong expected(SinkRecord record) {
    long reached = at(record).reached;
    return reached == UNKNOWN ? remembered.of(record.kafkaPartition()) : OptionalLong.of(reached);
  }

  /// Whether the destination has it.
  boolean isKnown(SinkRecord record) {
    return record.kafkaOffset() < remembered.of(record.kafkaPartition()).orElse(UNKNOWN);
  }

  /// A record is done with, but for the sync.
  void passed(SinkRecord record) {
    at(record).reached = record.kafkaOffset() + 1;
  }

  /// Whether something is passed and not durable.
  boolean isAhead() {
    return open.values().stream().anyMatch(at -> at.reached != at.durable);
  }

  /// What the destination has with its next sync.
  Positions positions() {
    Map<Integer, Long> next = new HashMap<>();
    open.forEach(
        (partition, at) -> {
          if (at.reached != UNKNOWN) {
            next.put(partition.partition(), at.reached);
          }
        });
    return remembered.furthest(new Positions(next));
  }

  void synced() {
    remembered = positions();
    open.values().forEach(at -> at.durable = at.reached);
  }

  /// Where each partition must be read again from, so that all that is not durable comes again.
  Map<TopicPartition, Long> rewound() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    open.forEach(
        (partition, at) -> {
          if (at.start() != UNKNOWN) {
            offsets.put(partition, at.start());
          }
        });
    return offsets;
  }

  /// What the group may be told. Of a partition of which nothing is durable since it was opened:
  /// nothing, for the group may be further.
  ///
  /// @param current what Connect has handed over
  Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> current) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    current.forEach(
        (partition, handed) -> {
          At at = open.get(partition);
          if (at != null && at.durable != UNKNOWN) {
            offsets.put(partition, new OffsetAndMetadata(Math.min(at.durable, handed.offset())));
          }
        });
    return offsets;
  }

  private At at(SinkRecord record) {
    return open.computeIfAbsent(
        new TopicPartition(record.topic(), record.kafkaPartition()), _ -> new At());
  }
}
