package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Audit events in their topic, as the topology would write them of [Stock]'s busy hosts.
///
/// @param bytes of all values
public record AuditStock(long count, long bytes) {

  private static final int SEED = 7;

  /// Tells what the fold makes of so many events: the same ones each time.
  public static void tell(int events, Consumer<AuditEvent> listener) {
    List<Host> hosts = Stock.busyHosts(events);
    Random random = new Random(SEED);
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    for (int i = 0; i < events; i++) {
      fleet.apply(hosts.get(random.nextInt(hosts.size())).next()).forEach(listener);
    }
  }

  /// Makes the topic, and sends what [#tell] tells.
  public static AuditStock produce(int events, Backbone backbone) throws Exception {
    backbone.create(Topics.AUDIT_EVENTS, Stock.PARTITIONS);
    long[] sent = new long[2];
    try (Serializer<AuditEvent> values = WireFormat.auditEvents(backbone.addresses()).serializer();
        Sending<String, byte[]> sending = new Sending<>(producer(backbone))) {
      tell(
          events,
          event -> {
            byte[] value = values.serialize(Topics.AUDIT_EVENTS, event);
            sent[0]++;
            sent[1] += value.length;
            String host = event.event().header().host().toString();
            sending.send(new ProducerRecord<>(Topics.AUDIT_EVENTS, host, value));
          });
    }
    return new AuditStock(sent[0], sent[1]);
  }

  private static KafkaProducer<String, byte[]> producer(Backbone backbone) {
    return new KafkaProducer<>(
        backbone.with(ProducerSettings.OF_STOCK),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
