package io.tasktrail.agent.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// How a file begins: whole lines, since they are written as such.
final class Head {

  /// Enough for a time and a serial many times over.
  static final int BYTES_MAX = 1024;

  /// Of a file of which nothing is known.
  static final Head UNKNOWN = new Head(new byte[0]);

  private final byte[] bytes;

  private Head(byte[] bytes) {
    this.bytes = bytes;
  }

  /// How a file begins now.
  static Head of(FileChannel file) throws IOException {
    return begin(file, BYTES_MAX);
  }

  /// That of a file that begins as a position says; [#UNKNOWN] when it does not.
  static Head matching(FileChannel file, Position position) throws IOException {
    Head found = begin(file, position.headBytes());
    return found.length() == position.headBytes() && found.digest().equals(position.headDigest())
        ? found
        : UNKNOWN;
  }

  private static Head begin(FileChannel file, int most) throws IOException {
    ByteBuffer begin = ByteBuffer.allocate(Math.clamp(most, 0, BYTES_MAX));
    int got = 0;
    while (begin.hasRemaining() && got >= 0) {
      got = file.read(begin, begin.position());
    }
    return new Head(Arrays.copyOf(begin.array(), begin.position()));
  }

  int length() {
    return bytes.length;
  }

  /// Whether this may be an earlier look at the same file.
  boolean begins(Head later) {
    return later.length() >= length()
        && Arrays.equals(bytes, 0, length(), later.bytes, 0, length());
  }

  /// SHA-256, in hexadecimal.
  String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
