package io.tasktrail.loopback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Kafka's own clients, as any user of the broker has them.
final class Clients implements AutoCloseable {

  private static final Duration READ_LIMIT = Duration.ofSeconds(30);

  private final String bootstrapServers;
  private final Admin admin;
  private final KafkaProducer<String, String> producer;

  Clients(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer = producer(Map.of("bootstrap.servers", bootstrapServers));
  }

  void createTopic(String name) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
  }

  TopicDescription describe(String topic) throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
  }

  void send(String topic, String value) throws ExecutionException, InterruptedException {
    producer.send(record(topic, value)).get();
  }

  KafkaProducer<String, String> transactional(String id) {
    return producer(Map.of("bootstrap.servers", bootstrapServers, "transactional.id", id));
  }

  /// Gives each record up after two seconds.
  KafkaProducer<String, String> impatient() {
    return producer(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "max.request.size", 2_000_000,
            "max.block.ms", 2_000,
            "request.timeout.ms", 1_000,
            "delivery.timeout.ms", 2_000));
  }

  /// Reads committed values as a group member until there are so many, or the limit is over.
  List<String> read(String topic, int count) {
    List<String> values = new ArrayList<>();
    long end = System.nanoTime() + READ_LIMIT.toNanos();
    try (KafkaConsumer<String, String> consumer = committed()) {
      consumer.subscribe(List.of(topic));
      while (values.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  static ProducerRecord<String, String> record(String topic, String value) {
    return new ProducerRecord<>(topic, value);
  }

  private KafkaConsumer<String, String> committed() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "group.id", "readers",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
