package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a token looks like: `ghp_{30}` begins with `ghp_`, and has 30 bytes more at least.
final class TokenShape {

  private static final Pattern TEXT =
      Pattern.compile("([A-Za-z][A-Za-z0-9_.-]{1,39})\\{(\\d{1,3})}");

  private final byte[] prefix;
  private final int least;

  private TokenShape(byte[] prefix, int least) {
    this.prefix = prefix;
    this.least = least;
  }

  static TokenShape parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a token, such as ghp_{30}: its first two or more letters, then how"
              + " many follow at least");
    }
    return new TokenShape(parts.group(1).getBytes(US_ASCII), Integer.parseInt(parts.group(2)));
  }

  /// How it begins.
  byte[] prefix() {
    return prefix;
  }

  /// Bytes that one has at least.
  int least() {
    return prefix.length + least;
  }

  /// Whether a run of letters, digits, `_`, `-`, `.` is one.
  boolean is(byte[] text, int from, int to) {
    return to - from >= least()
        && Bytes.startsWith(text, from, to, prefix)
        && hasDigit(text, from + prefix.length, to);
  }

  private static boolean hasDigit(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (Bytes.isDigit(text[at])) {
        return true;
      }
    }
    return false;
  }
}
