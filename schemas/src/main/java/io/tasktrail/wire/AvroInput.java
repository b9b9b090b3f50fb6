package io.tasktrail.wire;

import io.tasktrail.event.ByteText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Avro binary (Avro 1.12, "Binary Encoding") out of a part of an array: what a form reads from.
/// Trusts no byte: every length is bounded by what remains, and whatever is not as it should be
/// ends in an [UncheckedIOException]. Not for use by several threads at once.
final class AvroInput {

  /// How a form reads one item of an array.
  interface Item<T> {
    T read(AvroInput in);
  }

  private static final byte[] NOTHING = {};
  private static final Object[] NO_ITEMS = {};
  private static final int UUID_BYTES = 16;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = NOTHING;
  private int start;
  private int position;
  private int limit;
  private Optional<Foreign> foreign = Optional.empty();
  private boolean hasCommandLines;

  /// Begins a new record.
  void open(byte[] from, int offset, int length) {
    foreign = Optional.empty();
    hasCommandLines = true;
    bytes = from;
    start = offset;
    position = offset;
    limit = offset + length;
  }

  /// Begins a new record that was written with another schema, and turned into one of ours.
  void open(byte[] resolved, Foreign written) {
    open(resolved, 0, resolved.length);
    foreign = Optional.of(written);
  }

  /// Begins a new record of the contract as it was when neither an `AuditedTask` nor a `TaskSeen`
  /// had a command line.
  void openWithoutCommandLines(byte[] from, int offset, int length) {
    open(from, offset, length);
    hasCommandLines = false;
  }

  /// Whether an `AuditedTask` and a `TaskSeen` have one.
  boolean hasCommandLines() {
    return hasCommandLines;
  }

  /// The record as it was written, if that was with another schema than ours.
  Optional<Foreign> foreign() {
    return foreign;
  }

  /// Ends a record: nothing may follow it.
  void close() {
    if (position != limit) {
      throw malformed("more follows the end of the record");
    }
    bytes = NOTHING;
  }

  /// The array that is read.
  byte[] array() {
    return bytes;
  }

  /// Where the next value begins in that array.
  int position() {
    return position;
  }

  /// An `int` or `long`.
  long number() {
    int at = position;
    if (at < limit && bytes[at] >= 0) {
      long zigzag = bytes[at];
      position = at + 1;
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }
    return limit - at < Long.BYTES ? numberByByte() : numberByWord();
  }

  private long numberByWord() {
    long word = Septets.get(bytes, position);
    long last = ~word & Septets.MORE_FOLLOW;
    if (last == 0) {
      return numberByByte();
    }
    int bits = Long.numberOfTrailingZeros(last);
    position += bits / Byte.SIZE + 1;
    long zigzag = Septets.gather(word & (-1L >>> (Long.SIZE - bits)));
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  private long numberByByte() {
    byte[] from = bytes;
    int at = position;
    long zigzag = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == limit) {
        throw malformed("ends within a number");
      }
      byte next = from[at++];
      zigzag |= (next & 0x7FL) << shift;
      if (next >= 0) {
        position = at;
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw malformed("a number has more than 64 bits");
  }

  /// An `int`, or the place of an enum's symbol in the contract.
  int integer() {
    long value = number();
    if (value != (int) value) {
      throw malformed("a number has more than 32 bits");
    }
    return (int) value;
  }

  /// A `boolean`.
  boolean flag() {
    return either(1, "not a boolean");
  }

  /// The branch of a `union { null, … }`: whether there is a value, which is to be read next.
  boolean isPresent() {
    return either(2, "not a branch of its union");
  }

  private boolean either(int yes, String otherwise) {
    if (position == limit) {
      throw malformed("ends too early");
    }
    byte value = bytes[position];
    if (value != 0 && value != yes) {
      throw malformed(otherwise);
    }
    position++;
    return value != 0;
  }

  /// An array.
  <T> List<T> list(Item<T> item) {
    Object[] items = NO_ITEMS;
    int size = 0;
    for (int count = items(); count != 0; count = items()) {
      if (items.length < size + count) {
        items = Arrays.copyOf(items, Math.max(2 * size, size + count));
      }
      for (int end = size + count; size < end; size++) {
        items[size] = item.read(this);
      }
    }
    return listOf(items.length == size ? items : Arrays.copyOf(items, size));
  }

  /// Nothing but what an `Item<T>` read is in it.
  @SuppressWarnings("unchecked")
  private static <T> List<T> listOf(Object[] items) {
    return (List<T>) List.of(items);
  }

  /// How many items follow; none at the end. Each takes a byte at least.
  private int items() {
    long count = number();
    if (count < 0) {
      number();
      count = -count;
    }
    if (count < 0 || count > limit - position) {
      throw malformed("an array is longer than the record");
    }
    return (int) count;
  }

  /// `bytes`.
  ByteText text() {
    int length = length();
    ByteText text = ByteText.of(bytes, position, length);
    position += length;
    return text;
  }

  /// A `string`.
  String string() {
    int length = length();
    String text = length == 0 ? "" : new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  private int length() {
    long length = number();
    if (length < 0 || length > limit - position) {
      throw malformed("a text is longer than the record");
    }
    return (int) length;
  }

  /// The fixed type `Uuid`.
  UUID uuid() {
    requireUuid();
    UUID uuid =
        new UUID((long) LONG.get(bytes, position), (long) LONG.get(bytes, position + Long.BYTES));
    position += UUID_BYTES;
    return uuid;
  }

  /// A number that the fixed type `Uuid`, which comes next, always gives.
  int hashOfUuid() {
    requireUuid();
    return Long.hashCode(
        (long) LONG.get(bytes, position) ^ (long) LONG.get(bytes, position + Long.BYTES));
  }

  /// Goes over the fixed type `Uuid` if it is this one.
  boolean passes(UUID expected) {
    requireUuid();
    boolean same =
        (long) LONG.get(bytes, position) == expected.getMostSignificantBits()
            && (long) LONG.get(bytes, position + Long.BYTES) == expected.getLeastSignificantBits();
    position += same ? UUID_BYTES : 0;
    return same;
  }

  private void requireUuid() {
    if (limit - position < UUID_BYTES) {
      throw malformed("ends within an id");
    }
  }

  /// Goes over what comes next if it is this.
  boolean passes(byte[] expected) {
    int end = position + expected.length;
    boolean same =
        end <= limit && Arrays.equals(bytes, position, end, expected, 0, expected.length);
    position += same ? expected.length : 0;
    return same;
  }

  /// For a form that meets what it can't be.
  UncheckedIOException malformed(String what) {
    return new UncheckedIOException(
        new IOException("malformed at byte " + (position - start) + ": " + what));
  }
}
