package io.tasktrail.streams;

import static org.awaitility.Awaitility.await;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A real broker and registry in this JVM, and what stands around the topology: an agent's
/// producer and a sink's consumer.
final class Platform implements AutoCloseable {

  private static final Duration AT_MOST = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Path directory;
  private EmbeddedBroker broker;
  private LoopbackRegistry registry;

  private Platform(Path directory, EmbeddedBroker broker, LoopbackRegistry registry) {
    this.directory = directory;
    this.broker = broker;
    this.registry = registry;
  }

  /// @param directory for what both remember
  static Platform start(Path directory) throws IOException {
    return new Platform(
        directory,
        EmbeddedBroker.start(BrokerSettings.in(directory.resolve("broker"))),
        LoopbackRegistry.start(LoopbackPort.free(), schemas(directory)));
  }

  private static Path schemas(Path directory) {
    return directory.resolve("schemas.json");
  }

  void stopBroker() throws IOException {
    broker.close();
  }

  void startBroker() throws IOException {
    broker = broker.restart();
  }

  /// Returns the port on which it answered.
  int stopRegistry() {
    registry.close();
    return registry.port();
  }

  /// Where it was, with what it had.
  void startRegistry() throws IOException {
    registry =
        LoopbackRegistry.start(new LoopbackPort(registry.port(), "port"), schemas(directory));
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /// What a user would write into the role's settings file.
  Map<String, String> settings(Path stateDir) {
    Map<String, String> settings = new TreeMap<>(connection());
    settings.put("state.dir", stateDir.toString());
    settings.put("consumer.session.timeout.ms", "6000");
    settings.put("http.listen", "127.0.0.1:0");
    return settings;
  }

  /// Publishes as an agent does, and returns when all is acknowledged.
  void publish(Collection<TaskEvent> events) throws Exception {
    send(encode(events));
  }

  /// What an agent would send: needs the registry, while sending it does not.
  List<ProducerRecord<String, byte[]>> encode(Collection<TaskEvent> events) {
    var values = WireFormat.taskEvents(connection()).serializer();
    return events.stream()
        .map(event -> record(event, values.serialize(Topics.TASK_EVENTS, event)))
        .toList();
  }

  private static ProducerRecord<String, byte[]> record(TaskEvent event, byte[] value) {
    return new ProducerRecord<>(Topics.TASK_EVENTS, event.header().host().toString(), value);
  }

  void send(List<ProducerRecord<String, byte[]>> records) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            new TreeMap<String, Object>(connection()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /// What a reader of committed records finds in a topic, each partition in its order.
  List<ConsumerRecord<String, byte[]>> committed(String topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (var consumer = reader()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  /// The sum of the offsets up to which a reader of committed records may read: grows with each
  /// commit.
  long committedEnd(String topic) {
    try (var consumer = reader()) {
      return consumer.endOffsets(partitions(consumer, topic)).values().stream()
          .mapToLong(end -> end)
          .sum();
    }
  }

  void awaitCommitted(String topic, int count) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(AT_MOST)
        .until(() -> committedEnd(topic) >= count && committed(topic).size() >= count);
  }

  void awaitTopic(String topic) {
    try (var consumer = reader()) {
      await()
          .dontCatchUncaughtExceptions()
          .atMost(AT_MOST)
          .until(() -> consumer.listTopics().containsKey(topic));
    }
  }

  private KafkaConsumer<String, byte[]> reader() {
    Map<String, Object> settings = new TreeMap<>(connection());
    settings.put("isolation.level", "read_committed");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  Map<String, String> connection() {
    return Map.of(
        "bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
  }

  @Override
  public void close() throws IOException {
    registry.close();
    broker.close();
  }
}
