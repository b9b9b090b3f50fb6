package io.tasktrail.streams.fold;

import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Bytes;

/// A value of a state store as bytes: one byte that names the version of the format, and the body.
///
/// A format is changed by a new version beside the old ones: an upgrade reads what yesterday's
/// version wrote to the changelog.
abstract class RowFormat<T> {

  static final byte VERSION = 5;

  /// The last version of the contract without command lines of tasks.
  static final byte WITHOUT_COMMAND_LINES = 4;

  /// The bytes; null of null, which a store takes for "forget it".
  final byte[] encodeOrNull(T value) {
    return value == null ? null : write(value);
  }

  /// The value; null of null, which a store gives for "there is none".
  ///
  /// @param key where they are stored
  /// @throws SerializationException if a newer tasktrail wrote them, or they are damaged
  final T decodeOrNull(Bytes key, byte[] bytes) {
    return bytes == null ? null : decode(key, bytes);
  }

  private T decode(Bytes key, byte[] bytes) {
    if (bytes.length > 0 && (bytes[0] < 1 || bytes[0] > VERSION)) {
      throw new SerializationException(
          "state of format "
              + bytes[0]
              + ", this version reads up to "
              + VERSION
              + ": a newer tasktrail wrote it; run that one");
    }
    try {
      return read(bytes[0], key, bytes);
    } catch (UncheckedIOException | BufferUnderflowException | IndexOutOfBoundsException damaged) {
      throw new SerializationException("damaged state of " + bytes.length + " bytes", damaged);
    }
  }

  /// The bytes, the version first.
  abstract byte[] write(T value);

  /// The value of bytes of this or an earlier version.
  abstract T read(int version, Bytes key, byte[] bytes);
}
