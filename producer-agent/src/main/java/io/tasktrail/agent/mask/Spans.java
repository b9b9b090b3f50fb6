package io.tasktrail.agent.mask;

import java.util.Arrays;

/// What is to be masked in a text, and by which rule. Bounded by the text: each span has a byte.
final class Spans {

  /// Of rules that there may be, and of bytes in a text.
  static final int RULES_MAX = 255;

  static final int BYTES_MAX = 1 << 28;

  private static final int RULE_BITS = 8;
  private static final int PLACE_BITS = 28;
  private static final byte MARK = '*';
  private static final int MARKS = 3;

  private long[] spans = new long[16];
  private int size;
  private boolean isSorted = true;

  void clear() {
    size = 0;
    isSorted = true;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /// Adds what is not empty and not masked already.
  void add(byte[] text, int from, int to, int rule) {
    if (from >= to || isMark(text, from, to)) {
      return;
    }
    if (size == spans.length) {
      spans = Arrays.copyOf(spans, 2 * size);
    }
    long span = (long) from << (RULE_BITS + PLACE_BITS) | (long) to << RULE_BITS | rule;
    isSorted &= size == 0 || spans[size - 1] <= span;
    spans[size++] = span;
  }

  private static boolean isMark(byte[] text, int from, int to) {
    if (to - from != MARKS) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if (text[at] != MARK) {
        return false;
      }
    }
    return true;
  }

  /// In the order in which they begin.
  void sort() {
    if (!isSorted) {
      Arrays.sort(spans, 0, size);
      isSorted = true;
    }
  }

  int from(int index) {
    return (int) (spans[index] >>> (RULE_BITS + PLACE_BITS));
  }

  int to(int index) {
    return (int) (spans[index] >>> RULE_BITS) & (BYTES_MAX - 1);
  }

  int rule(int index) {
    return (int) spans[index] & RULES_MAX;
  }
}
