package io.tasktrail.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;

/// What Confluent's wire format puts before the Avro binary: a magic byte, which is 0, and the id
/// of the writer's schema, 4 bytes, most significant first.
final class Frame {

  static final int LENGTH = 5;

  private static final byte MAGIC = 0;

  private Frame() {}

  /// The frame of a record.
  static byte[] of(byte[] record) {
    return Arrays.copyOf(record, LENGTH);
  }

  /// Whether a record is this payload in a frame.
  static boolean isAllBefore(byte[] payload, byte[] record) {
    return record.length == LENGTH + payload.length
        && record[0] == MAGIC
        && Arrays.equals(record, LENGTH, record.length, payload, 0, payload.length);
  }

  /// The id of the schema that a record was written with.
  ///
  /// @throws SerializationException if the record does not begin with a frame
  static int schemaId(String topic, byte[] record) {
    if (record.length < LENGTH || record[0] != MAGIC) {
      throw new SerializationException(
          topic
              + ": not a record in Confluent's wire format, which begins with a byte 0 and an id");
    }
    return ByteBuffer.wrap(record).getInt(1);
  }
}
