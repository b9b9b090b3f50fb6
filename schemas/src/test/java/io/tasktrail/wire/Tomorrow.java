package io.tasktrail.wire;

import io.tasktrail.event.Fact;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// The contract as a later version of tasktrail may have it.
final class Tomorrow {

  private static final String FIELD = "teleported";

  private Tomorrow() {}

  /// With one more nullable field, of a record and an array: of an event that is a kind.
  static Schema after(Schema today) {
    Schema beam =
        Schema.createRecord(
            "Teleported",
            null,
            today.getNamespace(),
            false,
            List.of(
                new Schema.Field(
                    "from", Schema.createArray(Schema.create(Schema.Type.BYTES)), null, null)));
    Schema optional = Schema.createUnion(Schema.create(Schema.Type.NULL), beam);
    return withField(
        today, new Schema.Field(FIELD, optional, null, Schema.Field.NULL_DEFAULT_VALUE));
  }

  /// Yesterday's: without the last field.
  static Schema before(Schema today) {
    List<Schema.Field> fields = new ArrayList<>();
    today.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.removeLast();
    return recordOf(today, fields);
  }

  /// An `AuditEvent` whose event has the kind.
  static Schema auditOf(Schema tomorrowsEvent) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : Contract.AUDIT_EVENT.getFields()) {
      fields.add(
          field.name().equals("event")
              ? new Schema.Field(field.name(), tomorrowsEvent, null, null)
              : new Schema.Field(field, field.schema()));
    }
    return recordOf(Contract.AUDIT_EVENT, fields);
  }

  private static Schema withField(Schema today, Schema.Field added) {
    List<Schema.Field> fields = new ArrayList<>();
    today.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(added);
    return recordOf(today, fields);
  }

  private static Schema recordOf(Schema like, List<Schema.Field> fields) {
    return Schema.createRecord(like.getName(), null, like.getNamespace(), false, fields);
  }

  /// A record of ours as a writer of tomorrow writes it, with something in the new field if there
  /// is one.
  static <D> byte[] bytes(Subject<D> subject, D value, Schema writer) {
    GenericRecord record = GenericView.of(writer, value);
    if (writer.getField(FIELD) != null) {
      record.put(FIELD, beam(writer));
    }
    return Resolution.bytes(writer, record);
  }

  /// An event of the kind that we don't know.
  static GenericRecord event(Schema tomorrow) {
    GenericRecord event = GenericView.of(tomorrow, Samples.event(new Fact.SnapshotStarted()));
    event.put("snapshot_started", null);
    event.put(FIELD, beam(tomorrow));
    return event;
  }

  private static GenericRecord beam(Schema writer) {
    GenericRecord beam =
        new GenericData.Record(writer.getField(FIELD).schema().getTypes().getLast());
    beam.put("from", List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})));
    return beam;
  }
}
