package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.RecordLayout.Header;
import io.tasktrail.event.ByteText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The bytes of one record, read field by field, in the byte order of the host.
final class RecordBytes {

  private final byte[] bytes;
  private final int length;
  private final ByteBuffer fields;

  RecordBytes(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
    this.fields = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.nativeOrder());
  }

  void require(int atLeast) {
    if (length < atLeast) {
      throw new MalformedRecordException(
          "a record ends after " + length + " bytes: at least " + atLeast + " are needed");
    }
  }

  void requireExactly(int expected) {
    if (length != expected) {
      throw new MalformedRecordException(
          "a record has " + length + " bytes instead of " + expected);
    }
  }

  int int32(int offset) {
    return fields.getInt(offset);
  }

  long unsigned(int offset) {
    return Integer.toUnsignedLong(fields.getInt(offset));
  }

  long int64(int offset) {
    return fields.getLong(offset);
  }

  boolean flag(int mask) {
    return (int32(Header.FLAGS) & mask) != 0;
  }

  /// The end of the part that begins at `from` and whose length the field at `lengthOffset` gives.
  int advance(int from, int lengthOffset) {
    long end = from + unsigned(lengthOffset);
    if (end > length) {
      throw new MalformedRecordException(
          "a part of a record ends at " + end + " and the record at " + length);
    }
    return (int) end;
  }

  ByteText text(int from, int to) {
    return ByteText.of(bytes, from, to - from);
  }

  /// A path of components, leaf first; begins without a slash if the flag says that it was cut.
  ByteText path(int from, int to, int cutFlag) {
    if (to > from && bytes[to - 1] != 0) {
      throw new MalformedRecordException("the last component of a path has no NUL");
    }
    return LeafFirstPath.join(bytes, from, to - from, !flag(cutFlag));
  }

  /// Up to the first NUL of a field of fixed size.
  ByteText name(int offset, int size) {
    return text(offset, endOfString(offset, offset + size));
  }

  /// Strings that each end with NUL; the last one may have been cut.
  List<ByteText> strings(int from, int to) {
    List<ByteText> strings = new ArrayList<>();
    for (int start = from; start < to; ) {
      int end = endOfString(start, to);
      strings.add(text(start, end));
      start = end + 1;
    }
    return strings;
  }

  private int endOfString(int from, int to) {
    int end = from;
    while (end < to && bytes[end] != 0) {
      end++;
    }
    return end;
  }
}
