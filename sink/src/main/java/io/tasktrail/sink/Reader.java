package io.tasktrail.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The topic, as one member of a group reads it. Where to go on is decided here and never left to
/// the group alone: the destination's own memory and the group's, whichever is further. The group
/// is further when another member delivered meanwhile; the destination, when it was killed between
/// its sync and the commit.
final class Reader {

  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final boolean fromEarliest;

  Reader(Consumer<byte[], byte[]> consumer, String topic, boolean fromEarliest) {
    this.consumer = consumer;
    this.topic = topic;
    this.fromEarliest = fromEarliest;
  }

  /// Joins the group; the listener is called within [#poll].
  void join(ConsumerRebalanceListener listener) {
    consumer.subscribe(List.of(topic), listener);
  }

  ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
    return consumer.poll(atMost);
  }

  /// Remains in the group without reading.
  void idle(Duration time) {
    consumer.pause(consumer.assignment());
    consumer.poll(time);
    consumer.resume(consumer.paused());
  }

  /// Goes to where these partitions go on.
  void seek(Collection<TopicPartition> partitions, Positions delivered) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata ofGroup = committed.get(partition);
      OptionalLong ofDestination = delivered.of(partition.partition());
      if (ofGroup != null || ofDestination.isPresent()) {
        long reached = ofGroup == null ? 0 : ofGroup.offset();
        consumer.seek(partition, Math.max(reached, ofDestination.orElse(0)));
      } else if (fromEarliest) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seekToEnd(List.of(partition));
      }
    }
  }

  /// Goes to where everything that is assigned goes on.
  void seekAll(Positions delivered) {
    seek(consumer.assignment(), delivered);
  }

  /// Goes on behind what retention deleted before it was read.
  ///
  /// @return how many offsets are skipped
  long skipDeleted(OffsetOutOfRangeException overtaken) {
    Map<TopicPartition, Long> wanted = overtaken.offsetOutOfRangePartitions();
    Map<TopicPartition, Long> first = consumer.beginningOffsets(wanted.keySet());
    Map<TopicPartition, Long> end = consumer.endOffsets(wanted.keySet());
    long skipped = 0;
    for (TopicPartition partition : wanted.keySet()) {
      long at = wanted.get(partition);
      long next = Math.clamp(at, first.get(partition), end.get(partition));
      LOG.warn("{}: offset {} is not there any more: going on at {}", partition, at, next);
      skipped += Math.max(0, next - at);
      consumer.seek(partition, next);
    }
    return skipped;
  }

  /// Where reading stands: everything before was returned by [#poll].
  Positions positions() {
    Map<Integer, Long> next = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      next.put(partition.partition(), consumer.position(partition));
    }
    return new Positions(next);
  }

  /// Tells the group. It may fail without harm: the destination remembers, or gets some again.
  void commit(Positions positions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    positions
        .next()
        .forEach(
            (partition, offset) ->
                offsets.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
    try {
      consumer.commitSync(offsets);
    } catch (CommitFailedException | RebalanceInProgressException | RetriableException later) {
      LOG.warn("{}: offsets not committed this time: {}", topic, later.toString());
    }
  }

  void leave() {
    consumer.close();
  }
}
