package io.tasktrail.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Avro's variable-length numbers, eight bytes at once: seven bits of the number in each byte, the
/// lowest first, and the highest bit of all but the last set. Most numbers of a history are times,
/// of eight bytes.
final class Septets {

  /// Bits of a number that eight bytes hold.
  static final int OF_A_WORD = 7 * Long.BYTES;

  /// What says, in each of eight bytes, that another follows.
  static final long MORE_FOLLOW = 0x8080808080808080L;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Septets() {}

  /// Eight bytes of an array.
  static long get(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  /// See [#get].
  static void put(byte[] bytes, int at, long word) {
    WORD.set(bytes, at, word);
  }

  /// How many bytes a number of at most 56 bits needs.
  static int needed(long bits) {
    return (Long.SIZE + 6 - Long.numberOfLeadingZeros(bits | 1)) / 7;
  }

  /// What says that another follows, in all but the last of so many bytes.
  static long moreFollow(int bytes) {
    return MORE_FOLLOW & ((1L << (Byte.SIZE * (bytes - 1))) - 1);
  }

  /// The lowest 56 bits, seven a byte: halves apart, then the halves of these, and of these.
  static long spread(long bits) {
    long halves = (bits & 0x0FFFFFFFL) | (bits & 0x00FFFFFFF0000000L) << 4;
    long quarters = (halves & 0x00003FFF00003FFFL) | (halves & 0x0FFFC0000FFFC000L) << 2;
    return (quarters & 0x007F007F007F007FL) | (quarters & 0x3F803F803F803F80L) << 1;
  }

  /// Undoes [#spread].
  static long gather(long word) {
    long quarters = (word & 0x007F007F007F007FL) | (word & 0x7F007F007F007F00L) >>> 1;
    long halves = (quarters & 0x00003FFF00003FFFL) | (quarters & 0x3FFF00003FFF0000L) >>> 2;
    return (halves & 0x0FFFFFFFL) | (halves & 0x0FFFFFFF00000000L) >>> 4;
  }
}
