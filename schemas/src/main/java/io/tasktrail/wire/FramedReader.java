package io.tasktrail.wire;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/// One thread's reader of values in Confluent's wire format: knows how to read each schema that it
/// met.
final class FramedReader<D> {

  /// Those of the contract are few; should there be more, they are looked up anew.
  private static final int SCHEMAS_MAX = 1000;

  private static final int NONE = -1;

  private final ReadingForm<D> form;
  private final WriterSchemas schemas;
  private final Map<Integer, PayloadReader<D>> readers = new HashMap<>();
  private int lastId = NONE;
  private PayloadReader<D> last;

  FramedReader(ReadingForm<D> form, WriterSchemas schemas) {
    this.form = form;
    this.schemas = schemas;
    this.last = new PayloadReader.Direct<>(form);
  }

  D read(String topic, byte[] record) {
    PayloadReader<D> reader = reader(topic, Frame.schemaId(topic, record));
    try {
      return reader.read(record, Frame.LENGTH, record.length - Frame.LENGTH);
    } catch (UncheckedIOException malformed) {
      throw new SerializationException(
          "%s: not a %s: %s"
              .formatted(topic, form.schema().getName(), malformed.getCause().getMessage()),
          malformed);
    }
  }

  private PayloadReader<D> reader(String topic, int id) {
    if (id != lastId || id == NONE) {
      last = known(topic, id);
      lastId = id;
    }
    return last;
  }

  private PayloadReader<D> known(String topic, int id) {
    PayloadReader<D> known = readers.get(id);
    if (known == null) {
      Schema writer = schemas.record(form.schema().getFullName(), topic, id);
      known = PayloadReader.of(form, writer);
      if (readers.size() == SCHEMAS_MAX) {
        readers.clear();
      }
      readers.put(id, known);
    }
    return known;
  }
}
