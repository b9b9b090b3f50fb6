package io.tasktrail.wire;

import org.apache.avro.Schema;

/// A record that is in Avro binary already.
record EncodedForm(Schema schema) implements WritingForm<byte[]> {

  @Override
  public void write(byte[] value, AvroOutput out) {
    out.raw(value, 0, value.length);
  }
}
