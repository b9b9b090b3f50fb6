package io.tasktrail.bench;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The yardstick: consume, decode, encode with a history that is always the same, produce. No fold,
/// no state, no transaction, no Kafka Streams.
///
/// @param history a typical one
record CopyWork(Stock stock, Backbone backbone, Optional<AuditedTask> history) implements Work {

  private static final Duration POLL = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "yardstick: consume, decode, encode, produce";
  }

  @Override
  public Cost once() throws Exception {
    Outputs outputs = new Outputs(backbone);
    backbone.create(Topics.AUDIT_EVENTS, Stock.PARTITIONS);
    try (var consumer = consumer();
        var producer = producer()) {
      outputs.rewind(consumer, Topics.TASK_EVENTS);
      Cost cost = copy(consumer, producer);
      outputs.require(stock.count());
      return cost;
    } finally {
      outputs.delete();
    }
  }

  private Cost copy(
      KafkaConsumer<String, TaskEvent> consumer, KafkaProducer<String, AuditEvent> producer) {
    AtomicLong acknowledged = new AtomicLong();
    ConsumerRecords<String, TaskEvent> records = consumer.poll(POLL);
    Stopwatch watch = Stopwatch.start(backbone);
    for (int left = stock.count(); !records.isEmpty(); records = consumer.poll(POLL)) {
      records.forEach(record -> send(producer, record, acknowledged));
      left -= records.count();
      if (left == 0) {
        break;
      }
    }
    producer.flush();
    return watch.cost(acknowledged.get());
  }

  /// The callback, not the future, tells what became of it.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void send(
      KafkaProducer<String, AuditEvent> producer,
      ConsumerRecord<String, TaskEvent> record,
      AtomicLong acknowledged) {
    AuditEvent enriched = new AuditEvent(record.value(), 0, history);
    producer.send(
        new ProducerRecord<>(Topics.AUDIT_EVENTS, record.key(), enriched),
        (_, failure) -> acknowledged.addAndGet(failure == null ? 1 : 0));
  }

  private KafkaConsumer<String, TaskEvent> consumer() {
    return new KafkaConsumer<>(
        backbone.with(Map.of("max.poll.records", 1000)),
        new StringDeserializer(),
        WireFormat.taskEvents(backbone.addresses()).deserializer());
  }

  /// With the topology's settings.
  private KafkaProducer<String, AuditEvent> producer() {
    return new KafkaProducer<>(
        backbone.with(Map.of("linger.ms", 5, "compression.type", "lz4", "batch.size", 131_072)),
        new StringSerializer(),
        WireFormat.auditEvents(backbone.addresses()).serializer());
  }
}
