package io.tasktrail.streams.hosts;

import io.tasktrail.event.HostStatus;
import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Reads the table of hosts as it is now.
public final class HostTable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<String, HostStatus> consumer;
  private final Duration patience;
  private final Map<String, KnownHost> hosts = new LinkedHashMap<>();

  /// @param patience how long Kafka may say nothing
  public HostTable(Consumer<String, HostStatus> consumer, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  /// All rows, up to where the topic ends when this is called.
  ///
  /// @throws UnknownTopicOrPartitionException if the topic is missing
  /// @throws TimeoutException if Kafka says nothing for too long
  public Collection<KnownHost> read() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.HOSTS).stream()
            .map(each -> new TopicPartition(Topics.HOSTS, each.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("topic " + Topics.HOSTS + " is missing");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long heard = System.nanoTime();
    while (!isAt(ends)) {
      long before = position(ends);
      consumer.poll(POLL).forEach(this::take);
      if (position(ends) > before) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > patience.toNanos()) {
        throw new TimeoutException(Topics.HOSTS + " was not read to its end");
      }
    }
    return hosts.values();
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private long position(Map<TopicPartition, Long> ends) {
    return ends.keySet().stream().mapToLong(consumer::position).sum();
  }

  private void take(ConsumerRecord<String, HostStatus> row) {
    if (row.value() == null) {
      hosts.remove(row.key());
    } else {
      hosts.put(row.key(), new KnownHost(row.value(), Instant.ofEpochMilli(row.timestamp())));
    }
  }
}
