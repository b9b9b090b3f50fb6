package io.tasktrail.streams;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.tasktrail.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/// An agent of a later version, whose events may be of a kind that today's topology doesn't know.
final class NewerAgent {

  /// What names the schema.
  static final int SCHEMA_BYTES = 5;

  private static final String SUBJECT = Topics.TASK_EVENTS + "-value";
  private static final String NEW_KIND = "teleported";

  private final Schema today;
  private final Schema tomorrow;
  private final int id;

  /// @param registry the name of one in memory that knows today's schema
  NewerAgent(String registry) throws Exception {
    SchemaRegistryClient client = MockSchemaRegistry.getClientForScope(registry);
    today = new Schema.Parser().parse(client.getLatestSchemaMetadata(SUBJECT).getSchema());
    tomorrow = withOneMoreKind(today);
    id = client.register(SUBJECT, new AvroSchema(tomorrow));
  }

  private static Schema withOneMoreKind(Schema today) {
    List<Schema.Field> fields = new ArrayList<>();
    today.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(
        new Schema.Field(
            NEW_KIND,
            Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)),
            null,
            Schema.Field.NULL_DEFAULT_VALUE));
    return Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
  }

  /// The same event, written by the newer agent.
  byte[] rewritten(byte[] record) throws Exception {
    return write(read(record));
  }

  /// An event of the new kind, in the place of another.
  ///
  /// @param kind the field of what the other says
  byte[] ofNewKind(byte[] record, String kind) throws Exception {
    GenericRecord event = read(record);
    event.put(kind, null);
    event.put(NEW_KIND, "to the moon");
    return write(event);
  }

  private GenericRecord read(byte[] record) throws Exception {
    var payload =
        DecoderFactory.get()
            .binaryDecoder(record, SCHEMA_BYTES, record.length - SCHEMA_BYTES, null);
    return new GenericDatumReader<GenericRecord>(today, tomorrow, GenericData.get())
        .read(null, payload);
  }

  private byte[] write(GenericRecord event) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(SCHEMA_BYTES).put((byte) 0).putInt(id).array());
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(tomorrow).write(event, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }
}
