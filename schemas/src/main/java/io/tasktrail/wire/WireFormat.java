package io.tasktrail.wire;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/// The values of the topics in Confluent's wire format, by Confluent's own serializer: every
/// Confluent client reads them, and every setting of theirs (`schema.registry.url`, `basic.auth.*`,
/// `bearer.auth.*`, `schema.registry.ssl.*`, `auto.register.schemas`, …) works here.
public final class WireFormat {

  private WireFormat() {}

  /// Values of `tasktrail.task-events`.
  ///
  /// @param settings at least `schema.registry.url`; all of it goes to Confluent's serializer
  public static Serde<TaskEvent> taskEvents(Map<String, ?> settings) {
    return serde(new TaskEventMapping(), settings);
  }

  /// Values of `tasktrail.audit-events`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<AuditEvent> auditEvents(Map<String, ?> settings) {
    return serde(new AuditEventMapping(), settings);
  }

  /// Values of `tasktrail.task-history`.
  ///
  /// @param settings see [#taskEvents]
  public static Serde<TaskHistory> taskHistories(Map<String, ?> settings) {
    return serde(new TaskHistoryMapping(), settings);
  }

  private static <D, A extends SpecificRecord> Serde<D> serde(
      Mapping<D, A> mapping, Map<String, ?> settings) {
    Contract.trust();
    Map<String, Object> specific = new HashMap<>(settings);
    specific.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
    return Serdes.serdeFrom(
        new MappingSerializer<>(mapping, specific), new MappingDeserializer<>(mapping, specific));
  }

  private static final class MappingSerializer<D, A extends SpecificRecord>
      implements Serializer<D> {

    private final Mapping<D, A> mapping;
    private final KafkaAvroSerializer avro = new KafkaAvroSerializer();

    MappingSerializer(Mapping<D, A> mapping, Map<String, ?> settings) {
      this.mapping = mapping;
      avro.configure(settings, false);
    }

    @Override
    public byte[] serialize(String topic, D value) {
      return value == null ? null : avro.serialize(topic, mapping.toAvro(value));
    }

    @Override
    public void close() {
      avro.close();
    }
  }

  private static final class MappingDeserializer<D, A extends SpecificRecord>
      implements Deserializer<D> {

    private final Mapping<D, A> mapping;
    private final KafkaAvroDeserializer avro = new KafkaAvroDeserializer();

    MappingDeserializer(Mapping<D, A> mapping, Map<String, ?> settings) {
      this.mapping = mapping;
      avro.configure(settings, false);
    }

    @Override
    public D deserialize(String topic, byte[] bytes) {
      if (bytes == null) {
        return null;
      }
      Object record = avro.deserialize(topic, bytes, mapping.schema());
      if (record instanceof SpecificRecord specific
          && specific.getSchema().getFullName().equals(mapping.schema().getFullName())) {
        return mapping.fromAvro(cast(specific));
      }
      throw new SerializationException(
          topic + ": not a " + mapping.schema().getName() + ": " + record.getClass().getName());
    }

    /// Checked by the full name of the schema just before.
    @SuppressWarnings("unchecked")
    private A cast(SpecificRecord specific) {
      return (A) specific;
    }

    @Override
    public void close() {
      avro.close();
    }
  }
}
