package io.tasktrail.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

class AvroSerializerTest {

  private static final String TOPIC = "words";
  private static final Map<String, Object> SETTINGS =
      Map.of("schema.registry.url", "mock://avro-serializer-test");
  private static final Schema WORD =
      SchemaBuilder.record("Word")
          .fields()
          .requiredString("text")
          .optionalLong("count")
          .endRecord();

  @Test
  void aRecordComesBackEqual() {
    GenericRecord word = word("fork", 7L);
    try (var deserializer = new KafkaAvroDeserializer()) {
      deserializer.configure(SETTINGS, false);
      assertThat(deserializer.deserialize(TOPIC, serialized(word))).isEqualTo(word);
    }
  }

  @Test
  void wireFormatIsZeroThenFourBytesOfIdThenAvro() {
    ByteBuffer wire = ByteBuffer.wrap(serialized(word("ab", 1L)));
    assertThat(wire.get()).isZero();
    assertThat(wire.getInt()).isPositive();
    byte[] avro = new byte[wire.remaining()];
    wire.get(avro);
    assertThat(avro).containsExactly(4, 'a', 'b', 2, 2);
  }

  private static byte[] serialized(GenericRecord word) {
    try (var serializer = new KafkaAvroSerializer()) {
      serializer.configure(SETTINGS, false);
      return serializer.serialize(TOPIC, word);
    }
  }

  private static GenericRecord word(String text, Long count) {
    GenericRecord word = new GenericData.Record(WORD);
    word.put("text", new Utf8(text));
    word.put("count", count);
    return word;
  }
}
