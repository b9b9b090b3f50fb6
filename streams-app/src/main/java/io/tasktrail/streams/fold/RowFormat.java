package io.tasktrail.streams.fold;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.SerializationException;

/// A value of a state store as bytes: one byte that names the version of the format, and the body.
///
/// A format is changed by a new version beside the old ones: an upgrade reads what yesterday's
/// version wrote to the changelog.
abstract class RowFormat<T> {

  private static final int VERSION = 1;

  /// The bytes.
  private byte[] encode(T value) {
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

  /// The value.
  ///
  /// @throws SerializationException if a newer tasktrail wrote them, or they are damaged
  private T decode(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new SerializationException(
            "state of format "
                + version
                + ", this version reads up to "
                + VERSION
                + ": a newer tasktrail wrote it; run that one");
      }
      return read(in);
    } catch (IOException | UncheckedIOException damaged) {
      throw new SerializationException("damaged state of " + bytes.length + " bytes", damaged);
    }
  }

  /// The bytes; null of null, which a store takes for "forget it".
  final byte[] encodeOrNull(T value) {
    return value == null ? null : encode(value);
  }

  /// The value; null of null, which a store gives for "there is none".
  final T decodeOrNull(byte[] bytes) {
    return bytes == null ? null : decode(bytes);
  }

  abstract void write(T value, DataOutput out) throws IOException;

  abstract T read(DataInputStream in) throws IOException;
}
