package io.tasktrail.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// A name, path or argument as the kernel has it: bytes that are usually, not always, UTF-8.
/// Immutable.
public final class ByteText {

  /// No bytes.
  public static final ByteText EMPTY = new ByteText(new byte[0]);

  /// What is no longer is copied sooner by hand than by a call.
  private static final int SHORT = 16;

  private final byte[] bytes;

  private ByteText(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A copy of the bytes.
  public static ByteText of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /// A copy of a part of the bytes.
  ///
  /// @throws IndexOutOfBoundsException if the part is not within the array
  public static ByteText of(byte[] bytes, int offset, int length) {
    return length == 0 ? EMPTY : new ByteText(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /// The remaining bytes of the buffer, whose position stays.
  public static ByteText of(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return copy.length == 0 ? EMPTY : new ByteText(copy);
  }

  /// The text in UTF-8.
  public static ByteText of(String text) {
    return text.isEmpty() ? EMPTY : new ByteText(text.getBytes(UTF_8));
  }

  /// The parts with a byte between each two of them, and no more than so many bytes of that.
  public static ByteText joined(List<ByteText> parts, byte between, int maxBytes) {
    long length = Math.max(0, parts.size() - 1);
    for (int i = 0; i < parts.size(); i++) {
      length += parts.get(i).length();
    }
    byte[] joined = new byte[(int) Math.min(length, maxBytes)];
    int at = 0;
    for (int i = 0; i < parts.size() && at < joined.length; i++) {
      if (i > 0) {
        joined[at++] = between;
      }
      at += parts.get(i).copyTo(joined, at);
    }
    return joined.length == 0 ? EMPTY : new ByteText(joined);
  }

  /// How many bytes.
  public int length() {
    return bytes.length;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /// One byte, 0 to 255.
  ///
  /// @throws IndexOutOfBoundsException if there is none at this index
  public int at(int index) {
    return bytes[index] & 0xFF;
  }

  /// A read-only view of the bytes.
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /// A copy of the bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  /// Copies the bytes, or those that fit, into an array.
  ///
  /// @param at the first index of the array that is written
  /// @return how many were copied
  public int copyTo(byte[] array, int at) {
    int copied = Math.min(bytes.length, array.length - at);
    copy(bytes, 0, array, at, copied);
    return copied;
  }

  /// The text with another one in place of the bytes from `from` to before `to`.
  ///
  /// @throws IndexOutOfBoundsException if these are not within it
  public ByteText with(int from, int to, ByteText other) {
    Objects.checkFromToIndex(from, to, bytes.length);
    int rest = bytes.length - to;
    byte[] all = new byte[from + other.bytes.length + rest];
    copy(bytes, 0, all, 0, from);
    copy(other.bytes, 0, all, from, other.bytes.length);
    copy(bytes, to, all, from + other.bytes.length, rest);
    return new ByteText(all);
  }

  private static void copy(byte[] from, int fromAt, byte[] to, int toAt, int length) {
    if (length > SHORT) {
      System.arraycopy(from, fromAt, to, toAt, length);
      return;
    }
    for (int i = 0; i < length; i++) {
      to[toAt + i] = from[fromAt + i];
    }
  }

  /// What follows the last `/`; all of it when there is none.
  public ByteText baseName() {
    int from = bytes.length;
    while (from > 0 && bytes[from - 1] != '/') {
      from--;
    }
    return of(bytes, from, bytes.length - from);
  }

  /// Whether the bytes are valid UTF-8, so that [#toString] shows them as they are.
  public boolean isUtf8() {
    try {
      UTF_8.newDecoder().decode(asBuffer());
      return true;
    } catch (java.nio.charset.CharacterCodingException malformed) {
      return false;
    }
  }

  /// The text: UTF-8, with `\xNN` in place of each byte that is not.
  @Override
  public String toString() {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = asBuffer();
    StringBuilder text = new StringBuilder(bytes.length);
    CharBuffer chunk = CharBuffer.allocate(Math.max(16, bytes.length));
    while (true) {
      CoderResult result = decoder.decode(in, chunk, true);
      text.append(chunk.flip());
      chunk.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x").append(HexFormat.of().toHexDigits(in.get()));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteText that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
