package io.tasktrail.bench.streams;

import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The yardstick: consume, decode, encode with a history that is always the same, produce. No fold,
/// no state, no transaction, no Kafka Streams.
record CopyWork<V, W>(Map<String, ?> addresses, Supplier<Codec<V, W>> codecs) implements Work {

  private static final Duration POLL = Duration.ofSeconds(10);
  private static final int POLL_RECORDS = 5000;

  @Override
  public void once(int events) {
    Codec<V, W> codec = codecs.get();
    try (var consumer = consumer(codec);
        var sending = new Sending<>(producer(codec))) {
      TopicReader.rewind(consumer, Topics.TASK_EVENTS);
      ConsumerRecords<byte[], V> records = consumer.poll(POLL);
      Stopwatch.sayBegun(0);
      int left = events - copy(records, codec, sending);
      while (left > 0 && !records.isEmpty()) {
        records = consumer.poll(POLL);
        left -= copy(records, codec, sending);
      }
      sending.flush();
      Stopwatch.sayDone(events - left);
    }
  }

  private static <V, W> int copy(
      ConsumerRecords<byte[], V> records, Codec<V, W> codec, Sending<byte[], W> sending) {
    for (var record : records) {
      W enriched = codec.enriched(record.value());
      sending.send(new ProducerRecord<>(Topics.AUDIT_EVENTS, record.key(), enriched));
    }
    return records.count();
  }

  private KafkaConsumer<byte[], V> consumer(Codec<V, W> codec) {
    return new KafkaConsumer<>(
        with(Map.of("max.poll.records", POLL_RECORDS)), new ByteArrayDeserializer(), codec.reads());
  }

  private KafkaProducer<byte[], W> producer(Codec<V, W> codec) {
    return new KafkaProducer<>(
        with(ProducerSettings.OF_TOPOLOGY), new ByteArraySerializer(), codec.writes());
  }

  private Map<String, Object> with(Map<String, ?> more) {
    Map<String, Object> all = new TreeMap<>(addresses);
    all.putAll(more);
    return all;
  }
}
