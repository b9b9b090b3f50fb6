package io.tasktrail.loopback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/// Events as a later version of tasktrail may write them: with one more kind, and one more field in
/// a kind that there is already.
record TomorrowsEvent(Schema today, Schema tomorrow) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NEW_KIND =
      "{'name':'teleported','type':['null',{'type':'record','name':'Teleported','fields':[]}],"
          + "'default':null}";
  private static final String NEW_FIELD =
      "{'name':'zombies','type':['null','long'],'default':null}";

  private static final int FRAME_BYTES = 5;

  static TomorrowsEvent after(Schema today) throws IOException {
    JsonNode schema = JSON.readTree(today.toString());
    ArrayNode kinds = (ArrayNode) schema.get("fields");
    for (JsonNode kind : kinds) {
      if (kind.get("name").asText().equals("snapshot_finished")) {
        ((ArrayNode) kind.at("/type/1/fields")).add(json(NEW_FIELD));
      }
    }
    kinds.add(json(NEW_KIND));
    return new TomorrowsEvent(today, new Schema.Parser().parse(schema.toString()));
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  /// The same event with a value in the new field.
  GenericRecord withNewField(byte[] payload) throws IOException {
    GenericRecord event = read(payload);
    ((GenericRecord) event.get("snapshot_finished")).put("zombies", 7L);
    return event;
  }

  /// An event of the new kind, from the same place.
  GenericRecord ofNewKind(byte[] payload) throws IOException {
    GenericRecord event = read(payload);
    event.put("snapshot_finished", null);
    event.put(
        "teleported",
        new GenericData.Record(tomorrow.getField("teleported").schema().getTypes().getLast()));
    return event;
  }

  /// What yesterday's reader makes of a record in the wire format, of the new kind.
  Fact.Unrecognized unrecognized(byte[] record) {
    return new Fact.Unrecognized(
        SchemaNormalization.parsingFingerprint64(tomorrow),
        ByteText.of(record, FRAME_BYTES, record.length - FRAME_BYTES));
  }

  private GenericRecord read(byte[] payload) throws IOException {
    return new GenericDatumReader<GenericRecord>(today, tomorrow)
        .read(null, DecoderFactory.get().binaryDecoder(payload, null));
  }
}
