package io.tasktrail.wire;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// A record as it came, written with another schema than ours.
final class Foreign {

  private final Schema writer;
  private final byte[] array;
  private final int offset;
  private final int length;

  Foreign(Schema writer, byte[] array, int offset, int length) {
    this.writer = writer;
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  int length() {
    return length;
  }

  BinaryDecoder decoder() {
    return DecoderFactory.get().binaryDecoder(array, offset, length, null);
  }

  /// The event that it is, or has as its field `event`: for when there is nothing of it that we
  /// know.
  Fact.Unrecognized event() {
    if (writer.getFullName().equals(Contract.TASK_EVENT.getFullName())) {
      return new Fact.Unrecognized(
          Contract.fingerprint(writer), ByteText.of(array, offset, length));
    }
    GenericRecord record = (GenericRecord) new Resolution(writer, writer).read(this);
    GenericRecord event = (GenericRecord) record.get("event");
    return new Fact.Unrecognized(
        Contract.fingerprint(event.getSchema()),
        ByteText.of(Resolution.bytes(event.getSchema(), event)));
  }
}
