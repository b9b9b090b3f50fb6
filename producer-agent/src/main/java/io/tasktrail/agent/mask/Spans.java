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

  /// Which rules found something.
  private final boolean[] by = new boolean[RULES_MAX + 1];

  private boolean isSorted = true;

  void clear() {
    if (size > 0) {
      Arrays.fill(by, false);
    }
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
    if (from >= to || (to - from == MARKS && isMark(text, from, to))) {
      return;
    }
    if (size == spans.length) {
      spans = Arrays.copyOf(spans, 2 * size);
    }
    long span = places(from, to) | rule;
    isSorted &= size == 0 || spans[size - 1] <= span;
    spans[size++] = span;
    by[rule] = true;
  }

  private static long places(int from, int to) {
    return (long) from << (RULE_BITS + PLACE_BITS) | (long) to << RULE_BITS;
  }

  private static boolean isMark(byte[] text, int from, int to) {
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

  /// Whether those up to another one are at the same place: several rules may find one secret.
  boolean areOne(int first, int end) {
    return spans[end - 1] >>> RULE_BITS == spans[first] >>> RULE_BITS;
  }

  /// The first one behind that one that does not begin before a place.
  int endOf(int index, int place) {
    int at = index + 1;
    while (at < size && from(at) < place) {
      at++;
    }
    return at;
  }

  int from(int index) {
    return (int) (spans[index] >>> (RULE_BITS + PLACE_BITS));
  }

  int to(int index) {
    return (int) (spans[index] >>> RULE_BITS) & (BYTES_MAX - 1);
  }

  /// Whether a rule found something.
  boolean by(int rule) {
    return by[rule];
  }
}
