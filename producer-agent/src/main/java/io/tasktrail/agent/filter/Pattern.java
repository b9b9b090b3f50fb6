package io.tasktrail.agent.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.ByteText;

/// A text with at most one `*`, which stands for any bytes or none: every byte is compared at most
/// once.
final class Pattern {

  static final int BYTES_MAX = 1024;

  private final byte[] head;
  private final byte[] tail;
  private final boolean isWhole;

  private Pattern(byte[] head, byte[] tail, boolean isWhole) {
    this.head = head;
    this.tail = tail;
    this.isWhole = isWhole;
  }

  /// @throws IllegalArgumentException with what is wrong
  static Pattern parse(String text) {
    if (text.isEmpty() || text.length() > BYTES_MAX) {
      throw new IllegalArgumentException("a pattern has 1 to " + BYTES_MAX + " characters");
    }
    int star = text.indexOf('*');
    if (star != text.lastIndexOf('*')) {
      throw new IllegalArgumentException("'" + text + "' has more than one *");
    }
    return star < 0
        ? new Pattern(text.getBytes(UTF_8), new byte[0], true)
        : new Pattern(
            text.substring(0, star).getBytes(UTF_8),
            text.substring(star + 1).getBytes(UTF_8),
            false);
  }

  boolean matches(String text) {
    return matches(ByteText.of(text));
  }

  boolean matches(ByteText text) {
    int before = text.length() - tail.length;
    return (isWhole ? before == head.length : before >= head.length)
        && stands(head, text, 0)
        && stands(tail, text, before);
  }

  private static boolean stands(byte[] part, ByteText text, int from) {
    for (int i = 0; i < part.length; i++) {
      if ((byte) text.at(from + i) != part[i]) {
        return false;
      }
    }
    return true;
  }
}
