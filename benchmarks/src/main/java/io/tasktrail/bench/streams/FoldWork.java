package io.tasktrail.bench.streams;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.wire.ArrivedEvent;
import io.tasktrail.wire.EnrichedEvent;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// The fold with the topology's codec, bytes to bytes, in one thread: no Kafka. The stock is read
/// into memory before it begins.
final class FoldWork implements Work {

  private final Map<String, ?> addresses;
  private final List<byte[]> stock = new ArrayList<>();

  FoldWork(Map<String, ?> addresses) {
    this.addresses = addresses;
  }

  @Override
  public void once(int events) {
    if (stock.isEmpty()) {
      new TopicReader(addresses).read(Topics.TASK_EVENTS, record -> stock.add(record.value()));
    }
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    try (Deserializer<ArrivedEvent> reads = WireFormat.arrivedEvents(addresses);
        Serializer<EnrichedEvent> writes = WireFormat.enrichedEvents(addresses)) {
      Stopwatch.sayBegun(0);
      for (byte[] value : stock) {
        ArrivedEvent arrived = reads.deserialize(Topics.TASK_EVENTS, value);
        for (AuditEvent audited : fleet.apply(arrived.event())) {
          writes.serialize(Topics.AUDIT_EVENTS, new EnrichedEvent(audited, arrived));
        }
      }
      Stopwatch.sayDone(stock.size());
    }
  }
}
