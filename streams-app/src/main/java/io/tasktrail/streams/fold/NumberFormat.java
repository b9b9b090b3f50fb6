package io.tasktrail.streams.fold;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/// A number: a time, an offset.
final class NumberFormat extends RowFormat<Long> {

  @Override
  byte[] write(Long number) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(VERSION).putLong(number).array();
  }

  @Override
  Long read(int version, Bytes key, byte[] bytes) {
    return ByteBuffer.wrap(bytes).position(1).getLong();
  }
}
