package io.tasktrail.wire;

import io.tasktrail.event.ByteText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// Avro binary (Avro 1.12, "Binary Encoding") into an array that grows: what a form writes into.
/// Used again and again for one record after the other. Not for use by several threads at once.
final class AvroOutput {

  /// An array that one huge record made grow over this is not kept for the next.
  static final int KEPT_BYTES_MAX = 1 << 20;

  private static final int FIRST_BYTES = 1024;
  private static final int VARINT_BYTES_MAX = 2 * Long.BYTES;
  private static final int UUID_BYTES = 16;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final WrittenLinks links = new WrittenLinks();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  /// Begins a new record.
  void clear() {
    size = 0;
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  /// A copy of what was written.
  byte[] toBytes() {
    return since(0);
  }

  /// How many bytes were written.
  int size() {
    return size;
  }

  /// A copy of what was written since there were so many bytes.
  byte[] since(int before) {
    return Arrays.copyOfRange(bytes, before, size);
  }

  /// What stays from record to record.
  WrittenLinks links() {
    return links;
  }

  /// An `int` or `long`: zigzag, then seven bits a byte, the lowest first.
  void number(long value) {
    reserve(VARINT_BYTES_MAX);
    long zigzag = (value << 1) ^ (value >> 63);
    if (zigzag >>> Septets.OF_A_WORD == 0) {
      septets(zigzag);
    } else {
      Septets.put(bytes, size, Septets.spread(zigzag) | Septets.MORE_FOLLOW);
      size += Long.BYTES;
      septets(zigzag >>> Septets.OF_A_WORD);
    }
  }

  private void septets(long bits) {
    int length = Septets.needed(bits);
    Septets.put(bytes, size, Septets.spread(bits) | Septets.moreFollow(length));
    size += length;
  }

  void flag(boolean value) {
    small(value ? 1 : 0);
  }

  /// The symbol of an enum, by its place in the contract.
  void symbol(int index) {
    small(index << 1);
  }

  /// The branch of a `union { null, … }`; what is present is to be written next.
  void present(boolean isPresent) {
    small(isPresent ? 2 : 0);
  }

  /// So many empty branches of a `union { null, … }`.
  void absent(int unions) {
    reserve(unions);
    Arrays.fill(bytes, size, size + unions, (byte) 0);
    size += unions;
  }

  /// Begins an array; all its items are to be written next, then [#endOfItems].
  void items(int count) {
    if (count > 0) {
      number(count);
    }
  }

  void endOfItems() {
    small(0);
  }

  /// `bytes`.
  void text(ByteText text) {
    number(text.length());
    reserve(text.length());
    size += text.copyTo(bytes, size);
  }

  /// `string`.
  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    raw(utf8, 0, utf8.length);
  }

  /// The fixed type `Uuid`.
  void uuid(UUID uuid) {
    reserve(UUID_BYTES);
    LONG.set(bytes, size, uuid.getMostSignificantBits());
    LONG.set(bytes, size + Long.BYTES, uuid.getLeastSignificantBits());
    size += UUID_BYTES;
  }

  /// Bytes that are what they shall be already.
  void raw(byte[] from, int offset, int length) {
    reserve(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  private void small(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }
}
