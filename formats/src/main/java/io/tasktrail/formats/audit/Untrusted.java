package io.tasktrail.formats.audit;

import io.tasktrail.event.ByteText;
import java.util.HexFormat;

/// Text that a process chose, as `audit_log_untrustedstring` of the kernel writes it: in quotes, or
/// in upper-case hexadecimal where it holds a space, a quote, a control byte, or one that is not
/// ASCII.
final class Untrusted {

  /// Characters of an encoded value: with two of them and a history a record stays below the
  /// longest that audit's tools read (8970).
  static final int MOST = 1800;

  /// What the kernel says instead of a path that has no room.
  private static final String TOO_LONG = "\"<too_long>\"";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Untrusted() {}

  /// A value, or that it is too long.
  static String bounded(ByteText text) {
    return text.length() > MOST || size(text) > MOST ? TOO_LONG : of(text);
  }

  /// A value of any length.
  static String of(ByteText text) {
    return isPlain(text) ? '"' + text.toString() + '"' : HEX.formatHex(text.toBytes());
  }

  static int size(ByteText text) {
    return isPlain(text) ? text.length() + 2 : 2 * text.length();
  }

  static boolean isPlain(ByteText text) {
    for (int i = 0; i < text.length(); i++) {
      int octet = text.at(i);
      if (octet < 0x21 || octet > 0x7e || octet == '"') {
        return false;
      }
    }
    return true;
  }
}
