package io.tasktrail.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/// Name-based UUIDs, version 5: SHA-1 over name space and name (RFC 9562, section 5.5). The name is
/// put together part by part, without a text in between: each event has such an id.
final class NameUuid {

  private static final ThreadLocal<NameUuid> OF_THREAD = ThreadLocal.withInitial(NameUuid::new);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int SHA1_BYTES = 20;
  private static final int UUID_TEXT_BYTES = 36;
  private static final int NUMBER_DIGITS_MAX = 19;

  private final MessageDigest sha1 = sha1();
  private final byte[] hash = new byte[SHA1_BYTES];
  private byte[] bytes = new byte[256];
  private int size;

  private NameUuid() {}

  static UUID of(UUID nameSpace, String name) {
    return in(nameSpace).text(name).uuid();
  }

  static UUID of(UUID nameSpace, ByteText name) {
    NameUuid made = in(nameSpace);
    made.reserve(name.length());
    made.size += name.copyTo(made.bytes, made.size);
    return made.uuid();
  }

  /// Begins a name; it is this thread's only one until [#uuid()].
  static NameUuid in(UUID nameSpace) {
    NameUuid name = OF_THREAD.get();
    LONG.set(name.bytes, 0, nameSpace.getMostSignificantBits());
    LONG.set(name.bytes, Long.BYTES, nameSpace.getLeastSignificantBits());
    name.size = 2 * Long.BYTES;
    return name;
  }

  /// Appends a text, in UTF-8.
  NameUuid text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  /// Appends a number, in decimal.
  NameUuid number(long number) {
    if (number < 0) {
      return text(Long.toString(number));
    }
    reserve(NUMBER_DIGITS_MAX);
    int end = size + digits(number);
    long rest = number;
    for (int at = end - 1; at >= size; at--) {
      bytes[at] = HEX[(int) (rest % 10)];
      rest /= 10;
    }
    size = end;
    return this;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long least = 10; digits < NUMBER_DIGITS_MAX && number >= least; least *= 10) {
      digits++;
    }
    return digits;
  }

  /// Appends an id as [UUID#toString] shows it.
  NameUuid id(UUID id) {
    reserve(UUID_TEXT_BYTES);
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    hex(high >>> 32, 8);
    hex('-', high >>> 16, 4);
    hex('-', high, 4);
    hex('-', low >>> 48, 4);
    hex('-', low, 12);
    return this;
  }

  private void hex(char before, long number, int digits) {
    bytes[size++] = (byte) before;
    hex(number, digits);
  }

  private void hex(long number, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(int) (number >>> shift) & 0xF];
    }
  }

  /// Ends the name.
  UUID uuid() {
    sha1.update(bytes, 0, size);
    digest();
    long high = ((long) LONG.get(hash, 0) & ~0xF000L) | 0x5000L;
    long low =
        ((long) LONG.get(hash, Long.BYTES) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private void digest() {
    try {
      sha1.digest(hash, 0, SHA1_BYTES);
    } catch (DigestException itFits) {
      throw new IllegalStateException(itFits);
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
