package io.tasktrail.streams.fold;

import java.nio.ByteBuffer;

/// A time: milliseconds since 1970.
final class MillisFormat extends RowFormat<Long> {

  @Override
  byte[] write(Long millis) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(VERSION).putLong(millis).array();
  }

  @Override
  Long read(int version, byte[] bytes) {
    return ByteBuffer.wrap(bytes).position(1).getLong();
  }
}
