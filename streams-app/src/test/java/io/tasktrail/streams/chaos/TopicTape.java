package io.tasktrail.streams.chaos;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The committed records of one partition from its beginning to where it ended when this was made.
final class TopicTape implements Iterator<ConsumerRecord<String, byte[]>>, AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final TopicPartition partition;
  private final long end;
  private Iterator<ConsumerRecord<String, byte[]>> polled =
      List.<ConsumerRecord<String, byte[]>>of().iterator();

  TopicTape(Map<String, String> connection, String topic, int partition) {
    this.partition = new TopicPartition(topic, partition);
    Map<String, Object> settings = new TreeMap<>(connection);
    settings.put("isolation.level", "read_committed");
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(this.partition));
    consumer.seekToBeginning(List.of(this.partition));
    end = consumer.endOffsets(List.of(this.partition)).get(this.partition);
  }

  @Override
  public boolean hasNext() {
    while (!polled.hasNext() && consumer.position(partition) < end) {
      polled = consumer.poll(POLL).iterator();
    }
    return polled.hasNext();
  }

  @Override
  public ConsumerRecord<String, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException(partition + " ends at " + end);
    }
    return polled.next();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
