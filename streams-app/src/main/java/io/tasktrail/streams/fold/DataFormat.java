package io.tasktrail.streams.fold;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/// A format of what changes rarely and has many parts.
abstract class DataFormat<T> extends RowFormat<T> {

  @Override
  final byte[] write(T value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      write(value, out);
      return bytes.toByteArray();
    } catch (IOException toMemory) {
      throw new UncheckedIOException(toMemory);
    }
  }

  @Override
  final T read(int version, Bytes key, byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      in.readByte();
      return read(version, in);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  abstract void write(T value, DataOutput out) throws IOException;

  abstract T read(int version, DataInputStream in) throws IOException;

  static void write(UUID uuid, DataOutput out) throws IOException {
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  static UUID readUuid(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
