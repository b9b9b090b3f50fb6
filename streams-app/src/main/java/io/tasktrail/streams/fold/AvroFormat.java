package io.tasktrail.streams.fold;

import io.tasktrail.wire.BinaryCodec;
import org.apache.kafka.common.utils.Bytes;

/// A record of the vocabulary in the state: its bare Avro, see [TaskRowFormat].
final class AvroFormat<T> extends RowFormat<T> {

  private static final byte[] PREFIX = {VERSION};

  private final BinaryCodec<T> avro;

  AvroFormat(BinaryCodec<T> avro) {
    this.avro = avro;
  }

  @Override
  byte[] write(T value) {
    return avro.encode(PREFIX, value);
  }

  @Override
  T read(int version, Bytes key, byte[] bytes) {
    int length = bytes.length - PREFIX.length;
    return version <= WITHOUT_COMMAND_LINES
        ? avro.decodeWithoutCommandLines(bytes, PREFIX.length, length)
        : avro.decode(bytes, PREFIX.length, length);
  }
}
