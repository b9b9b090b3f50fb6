package io.tasktrail.bench;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// The fold with its codec, bytes to bytes, in this thread: no Kafka.
record FoldWork(Stock stock, Backbone backbone) implements Work {

  @Override
  public String name() {
    return "fold: decode, fold, encode";
  }

  @Override
  public Cost once() {
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    long folded = 0;
    try (Deserializer<TaskEvent> events =
            WireFormat.taskEvents(backbone.addresses()).deserializer();
        Serializer<AuditEvent> audited =
            WireFormat.auditEvents(backbone.addresses()).serializer()) {
      Stopwatch watch = Stopwatch.start(backbone);
      for (ProducerRecord<String, byte[]> record : stock.records()) {
        for (AuditEvent out : fleet.apply(events.deserialize(Topics.TASK_EVENTS, record.value()))) {
          audited.serialize(Topics.AUDIT_EVENTS, out);
          folded++;
        }
      }
      return watch.cost(folded);
    }
  }
}
