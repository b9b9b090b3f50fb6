package io.tasktrail.bench;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The events to be worked on, as an agent would send them: in the topic, and here.
record Stock(List<ProducerRecord<String, byte[]>> records) {

  static final int HOSTS = 50;
  static final int PARTITIONS = 6;

  private static final int SEED = 7;
  private static final int FIRST = 20_000;

  /// Events of many hosts, mixed.
  static Stock of(int count, Backbone backbone) {
    Random random = new Random(SEED);
    List<BusyHost> hosts = new ArrayList<>();
    for (int number = 0; number < HOSTS; number++) {
      hosts.add(new BusyHost(number));
    }
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>(count);
    try (var values = WireFormat.taskEvents(backbone.addresses()).serializer()) {
      for (int i = 0; i < count; i++) {
        TaskEvent event = hosts.get(random.nextInt(HOSTS)).next();
        byte[] value = values.serialize(Topics.TASK_EVENTS, event);
        records.add(
            new ProducerRecord<>(Topics.TASK_EVENTS, event.header().host().toString(), value));
      }
    }
    return new Stock(records);
  }

  /// Sends all of them, and returns when they are acknowledged.
  void produce(Backbone backbone) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            backbone.with(Map.of("compression.type", "lz4", "batch.size", 131_072)),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var sent = records.stream().map(producer::send).toList();
      for (var one : sent) {
        one.get();
      }
    }
  }

  /// That of the last exec among the first events, by the fold.
  Optional<AuditedTask> typicalHistory(Backbone backbone) {
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    Optional<AuditedTask> last = Optional.empty();
    try (var values = WireFormat.taskEvents(backbone.addresses()).deserializer()) {
      for (var record : records.subList(0, Math.min(count(), FIRST))) {
        TaskEvent event = values.deserialize(Topics.TASK_EVENTS, record.value());
        for (AuditEvent folded : fleet.apply(event)) {
          last = event.fact() instanceof Fact.Executed ? folded.task() : last;
        }
      }
    }
    return last;
  }

  int count() {
    return records.size();
  }

  double meanBytes() {
    return records.stream().mapToInt(record -> record.value().length).average().orElseThrow();
  }
}
