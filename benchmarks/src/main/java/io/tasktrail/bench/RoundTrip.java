package io.tasktrail.bench;

import io.tasktrail.bench.stand.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What a broker's part of a way is at least: one record at a time, sent at once, acknowledged by
/// all replicas, read by a consumer that waits for it.
record RoundTrip(String bootstrapServers) {

  private static final TopicPartition TOPIC = new TopicPartition("tasktrail-bench-round-trip", 0);
  private static final Duration POLL = Duration.ofSeconds(10);
  private static final int WARM_UP = 50;

  /// Latencies in milliseconds.
  ///
  /// @param pauseMicros mean of the random pause before each
  Sample millis(int count, int pauseMicros) throws Exception {
    create();
    Map<String, Object> settings = settings();
    try (var producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(TOPIC));
      consumer.seekToBeginning(List.of(TOPIC));
      return trips(producer, consumer, count, pauseMicros);
    }
  }

  private static Sample trips(
      KafkaProducer<byte[], byte[]> producer,
      KafkaConsumer<byte[], byte[]> consumer,
      int count,
      int pauseMicros)
      throws Exception {
    Random random = new Random(count);
    for (int i = 0; i < WARM_UP; i++) {
      trip(producer, consumer);
    }
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      int pause = pauseMicros / 2 + random.nextInt(pauseMicros);
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pause));
      millis[i] = trip(producer, consumer);
    }
    return Sample.of(millis);
  }

  private static double trip(
      KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer)
      throws Exception {
    long begin = System.nanoTime();
    byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(begin).array();
    var sent = producer.send(new ProducerRecord<>(TOPIC.topic(), value));
    if (consumer.poll(POLL).isEmpty()) {
      throw new IllegalStateException("nothing came back within " + POLL);
    }
    double millis = (System.nanoTime() - begin) / 1e6;
    sent.get();
    return millis;
  }

  private void create() throws Exception {
    try (Admin admin = Admin.create(settings())) {
      admin.createTopics(List.of(new NewTopic(TOPIC.topic(), 1, (short) 1))).all().get();
    }
  }

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0);
  }
}
