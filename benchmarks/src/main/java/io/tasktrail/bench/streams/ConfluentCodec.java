package io.tasktrail.bench.streams;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tasktrail.avro.AuditEvent;
import io.tasktrail.avro.TaskEvent;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// Avro as most would use it: generated classes through Confluent's serializers.
///
/// @param settings of these
/// @param typical whose history each event gets
record ConfluentCodec(Map<String, Object> settings, AuditEvent typical)
    implements Codec<Object, Object> {

  static ConfluentCodec with(Map<String, ?> addresses) {
    Map<String, Object> settings = new TreeMap<>(addresses);
    settings.put("specific.avro.reader", true);
    return new ConfluentCodec(settings, AvroCodec.typical());
  }

  @Override
  public Deserializer<Object> reads() {
    KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
    deserializer.configure(settings, false);
    return deserializer;
  }

  @Override
  public Object enriched(Object event) {
    return new AuditEvent(
        (TaskEvent) event,
        typical.getEventId(),
        typical.getRevision(),
        typical.getTask(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Override
  public Serializer<Object> writes() {
    KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    serializer.configure(settings, false);
    return serializer;
  }
}
