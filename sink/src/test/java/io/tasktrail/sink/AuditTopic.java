package io.tasktrail.sink;

import static org.awaitility.Awaitility.await;

import io.tasktrail.event.AuditEvent;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;

/// A real broker and registry with the topics that a sink needs, and a producer that fills them as
/// the topology does: in transactions.
public final class AuditTopic implements AutoCloseable {

  /// Of the topic of audit events.
  public static final int PARTITIONS = 3;

  private final EmbeddedBroker broker;
  private final LoopbackRegistry registry;
  private final Admin admin;
  private final Serde<AuditEvent> values;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  /// @param data where the broker keeps them
  public AuditTopic(Path data) throws Exception {
    broker = EmbeddedBroker.start(BrokerSettings.in(data));
    registry = LoopbackRegistry.start(LoopbackPort.free());
    admin = Admin.create(client());
    make(Topics.AUDIT_EVENTS, PARTITIONS);
    make(Topics.DEAD_LETTERS, 1);
    values = WireFormat.auditEvents(Map.of("schema.registry.url", registry.url()));
    Map<String, Object> transactional = new HashMap<>(client());
    transactional.put("transactional.id", "topology");
    producer =
        new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  private void make(String topic, int partitions) throws Exception {
    admin
        .createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
        .all()
        .get();
  }

  /// Somebody deletes the topic of audit events and makes it again, empty.
  void makeAnew() throws Exception {
    admin.deleteTopics(List.of(Topics.AUDIT_EVENTS)).all().get();
    await()
        .ignoreExceptions()
        .until(
            () -> {
              make(Topics.AUDIT_EVENTS, PARTITIONS);
              return true;
            });
    ends.clear();
  }

  /// What a sink must be told.
  public Map<String, String> settings() {
    return Map.of(
        "bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
  }

  /// A transaction begins.
  public void begin() {
    producer.beginTransaction();
  }

  /// It ends, and is to be read.
  public void commit() throws Exception {
    producer.commitTransaction();
    for (Future<RecordMetadata> each : sent) {
      RecordMetadata one = each.get();
      ends.merge(new TopicPartition(one.topic(), one.partition()), one.offset() + 1, Math::max);
    }
    sent.clear();
  }

  void abort() {
    producer.abortTransaction();
    sent.clear();
  }

  void send(int partition, String word) {
    send(partition, Words.event(word));
  }

  /// An event within the transaction.
  public void send(int partition, AuditEvent event) {
    send(partition, values.serializer().serialize(Topics.AUDIT_EVENTS, event));
  }

  void send(int partition, byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(Topics.AUDIT_EVENTS, partition, null, value)));
  }

  /// Whether the group is behind all that was committed. The mark of the last transaction may
  /// still be before it.
  public boolean isDrained() {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets("tasktrail-sink").partitionsToOffsetAndMetadata().get();
      return ends.entrySet().stream()
          .allMatch(
              end -> {
                OffsetAndMetadata reached = committed.get(end.getKey());
                return reached != null && reached.offset() >= end.getValue();
              });
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) {
    var partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
    try (var consumer =
        new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (found.size() < count) {
        consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
      }
      return found;
    }
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  @Override
  public void close() throws IOException {
    producer.close();
    values.close();
    admin.close();
    registry.close();
    broker.close();
  }
}
