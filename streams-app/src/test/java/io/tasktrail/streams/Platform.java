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

  private final EmbeddedBroker broker;
  private final LoopbackRegistry registry;

  private Platform(EmbeddedBroker broker, LoopbackRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  static Platform start(Path data) throws IOException {
    return start(data, LoopbackPort.free(), LoopbackPort.free());
  }

  private static Platform start(Path data, LoopbackPort brokerPort, LoopbackPort registryPort)
      throws IOException {
    return new Platform(
        EmbeddedBroker.start(BrokerSettings.in(data).with(brokerPort)),
        LoopbackRegistry.start(registryPort, data.resolveSibling("registry.json")));
  }

  /// Another one where this one was, with what it left.
  Platform startAgain(Path data) throws IOException {
    return start(
        data,
        new LoopbackPort(broker.port(), "broker port"),
        new LoopbackPort(registry.port(), "registry port"));
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /// What a user would write into the role's settings file.
  Map<String, String> settings(Path stateDir) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("state.dir", stateDir.toString());
    settings.put("consumer.session.timeout.ms", "6000");
    return settings;
  }

  /// Publishes as an agent does, and returns when all is acknowledged.
  void publish(Collection<TaskEvent> events) throws Exception {
    var values = WireFormat.taskEvents(connection()).serializer();
    publishRecords(
        events.stream()
            .map(event -> record(event, values.serialize(Topics.TASK_EVENTS, event)))
            .toList());
  }

  void publish(String key, byte[] value) throws Exception {
    publishRecords(List.of(new ProducerRecord<>(Topics.TASK_EVENTS, key, value)));
  }

  private static ProducerRecord<String, byte[]> record(TaskEvent event, byte[] value) {
    return new ProducerRecord<>(Topics.TASK_EVENTS, event.header().host().toString(), value);
  }

  private void publishRecords(List<ProducerRecord<String, byte[]>> records) throws Exception {
    try (var producer =
        new KafkaProducer<>(connection(), new StringSerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /// What a reader of committed records finds in a topic, each partition in its order.
  List<ConsumerRecord<String, byte[]>> committed(String topic) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    Map<String, Object> settings = connection();
    settings.put("isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
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

  void awaitCommitted(String topic, int count) {
    await().atMost(AT_MOST).until(() -> committed(topic).size() >= count);
  }

  private Map<String, Object> connection() {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    return settings;
  }

  @Override
  public void close() throws IOException {
    registry.close();
    broker.close();
  }
}
