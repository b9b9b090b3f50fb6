package io.tasktrail.bench.streams;

import io.tasktrail.avro.AuditEvent;
import io.tasktrail.avro.TaskEvent;
import io.tasktrail.wire.BinaryCodec;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// Avro at its fastest: the generated classes with their own coders, and everything that can be
/// used again is. The five bytes that name the schema are cut off and put on by hand.
final class AvroCodec implements Codec<byte[], byte[]> {

  private static final int SCHEMA_BYTES = 5;

  private final SpecificDatumReader<TaskEvent> reader;
  private final SpecificDatumWriter<AuditEvent> writer;
  private final AuditEvent record;
  private final byte[] schema;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private BinaryDecoder decoder;
  private BinaryEncoder encoder;
  private TaskEvent event;

  private AvroCodec(SpecificData data, AuditEvent typical, byte[] schema) {
    this.reader =
        new SpecificDatumReader<>(TaskEvent.getClassSchema(), TaskEvent.getClassSchema(), data);
    this.writer = new SpecificDatumWriter<>(AuditEvent.getClassSchema(), data);
    this.record = typical;
    this.schema = schema;
  }

  static AvroCodec with(Map<String, ?> addresses) {
    SpecificData data = new SpecificData();
    data.setCustomCoders(true);
    return new AvroCodec(data, typical(), schemaOf(addresses));
  }

  private static byte[] schemaOf(Map<String, ?> addresses) {
    try (var serializer = WireFormat.auditEvents(addresses).serializer()) {
      byte[] one = serializer.serialize(Topics.AUDIT_EVENTS, TypicalTask.event());
      return Arrays.copyOf(one, SCHEMA_BYTES);
    }
  }

  /// The record that every event is put into: all of it but the event stays as it is.
  static AuditEvent typical() {
    byte[] encoded = BinaryCodec.auditEvents().encode(TypicalTask.event());
    try {
      return new SpecificDatumReader<>(AuditEvent.class)
          .read(null, DecoderFactory.get().binaryDecoder(encoded, null));
    } catch (IOException fromMemory) {
      throw new UncheckedIOException(fromMemory);
    }
  }

  @Override
  public Deserializer<byte[]> reads() {
    return new ByteArrayDeserializer();
  }

  @Override
  public byte[] enriched(byte[] value) {
    try {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(value, SCHEMA_BYTES, value.length - SCHEMA_BYTES, decoder);
      event = reader.read(event, decoder);
      record.setEvent(event);
      bytes.reset();
      bytes.write(schema, 0, SCHEMA_BYTES);
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException fromMemory) {
      throw new UncheckedIOException(fromMemory);
    }
  }

  @Override
  public Serializer<byte[]> writes() {
    return new ByteArraySerializer();
  }
}
