package io.tasktrail.history.text;

import io.tasktrail.event.ByteText;
import java.util.function.IntPredicate;

/// Writes names and paths so that only their own bytes can come of them: a byte outside a set is
/// `\ooo`, three octal digits, and `\` itself is outside every set.
final class Escape {

  private static final ByteText UNKNOWN = ByteText.of("\0");

  /// Bytes of `\ooo`.
  private static final int ESCAPED = 4;

  private Escape() {}

  /// A name: `[A-Za-z0-9._/-]` as they are.
  static void name(StringBuilder text, ByteText name) {
    append(text, name, Escape::plainInNames);
  }

  /// A path, as TOMOYO writes it: the printable ASCII characters but the space as they are. One
  /// that is not known is a NUL, which no path has.
  static void path(StringBuilder text, ByteText path) {
    append(text, path.isEmpty() ? UNKNOWN : path, Escape::plainInPaths);
  }

  /// How many bytes that makes of a path.
  static int pathLength(ByteText path) {
    ByteText written = path.isEmpty() ? UNKNOWN : path;
    int length = written.length();
    for (int i = 0; i < written.length(); i++) {
      length += plainInPaths(written.at(i)) ? 0 : ESCAPED - 1;
    }
    return length;
  }

  /// The same, into an array that has room for it.
  ///
  /// @return the index after the last that was written
  static int path(byte[] text, int from, ByteText path) {
    ByteText written = path.isEmpty() ? UNKNOWN : path;
    int at = from;
    for (int i = 0; i < written.length(); i++) {
      int octet = written.at(i);
      if (plainInPaths(octet)) {
        text[at++] = (byte) octet;
      } else {
        text[at++] = '\\';
        text[at++] = (byte) digit(octet >> 6);
        text[at++] = (byte) digit(octet >> 3);
        text[at++] = (byte) digit(octet);
      }
    }
    return at;
  }

  private static boolean plainInNames(int octet) {
    return isLetter(octet) || (octet >= '-' && octet <= '9') || octet == '_';
  }

  private static boolean isLetter(int octet) {
    int lower = octet | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean plainInPaths(int octet) {
    return octet > ' ' && octet <= '~' && octet != '\\';
  }

  private static void append(StringBuilder text, ByteText bytes, IntPredicate plain) {
    for (int i = 0; i < bytes.length(); i++) {
      int octet = bytes.at(i);
      if (plain.test(octet)) {
        text.append((char) octet);
      } else {
        text.append('\\').append(digit(octet >> 6)).append(digit(octet >> 3)).append(digit(octet));
      }
    }
  }

  private static char digit(int bits) {
    return (char) ('0' + (bits & 7));
  }
}
