package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Sees what becomes visible in a topic, committed, from its end on.
final class Arrivals implements Callable<Integer>, AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Stamps stamps;
  private final int expected;
  private final Duration atMost;

  /// @param atMost how long it looks
  Arrivals(String topic, Backbone backbone, Stamps stamps, int expected, Duration atMost) {
    this.stamps = stamps;
    this.expected = expected;
    this.atMost = atMost;
    consumer =
        new KafkaConsumer<>(
            backbone.with(Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var partitions = TopicReader.rewind(consumer, topic);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /// Returns when all are seen, or the time is over.
  ///
  /// @return how many were seen
  @Override
  public Integer call() {
    long end = System.nanoTime() + atMost.toNanos();
    int seen = 0;
    while (seen < expected && System.nanoTime() - end < 0) {
      var records = consumer.poll(POLL);
      long now = System.nanoTime();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        seen += stamps.seen(record.value(), now) ? 1 : 0;
      }
    }
    return seen;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
