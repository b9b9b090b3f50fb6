package io.tasktrail.agent.mask;

import java.util.Arrays;

/// What the rules say of one program.
final class Program {

  /// Of which the rules say nothing.
  static final Program OTHER = new Program();

  /// Patterns that there may be for one: each has a bit.
  static final int PATTERNS_MAX = 64;

  /// Lengths of words that are told apart.
  private static final int LENGTHS = 16;

  /// Patterns and the rules that they are of.
  private OptionPattern[] patterns = {};

  private int[] rules = {};

  /// Which patterns a word may begin with that first byte, and with that second one.
  private final long[] first = new long[256];

  private final long[] second = new long[256];

  /// Which it may be that has two bytes, of which that is the second.
  private final long[] secondOfTwo = new long[256];

  /// Which it may be by its length; the last is for all that are longer.
  private final long[] byLength = new long[LENGTHS];

  private byte[][] flags = {};
  private boolean runsOthers;
  private boolean takesLines;
  private boolean takesLineAfterC;

  /// Adds a pattern, of [#PATTERNS_MAX] at most.
  void add(OptionPattern pattern, int rule) {
    int size = patterns.length;
    long bit = 1L << size;
    patterns = Arrays.copyOf(patterns, size + 1);
    rules = Arrays.copyOf(rules, size + 1);
    patterns[size] = pattern;
    rules[size] = rule;
    for (int is = 0; is < first.length; is++) {
      first[is] |= pattern.mayBegin((byte) is) ? bit : 0;
      second[is] |= pattern.mayGoOn((byte) is) ? bit : 0;
      secondOfTwo[is] |= pattern.mayEnd((byte) is) ? bit : 0;
    }
    for (int length = 0; length < LENGTHS; length++) {
      byLength[length] |= length == LENGTHS - 1 || pattern.least() <= length ? bit : 0;
    }
  }

  void add(byte[] flag) {
    flags = Arrays.copyOf(flags, flags.length + 1);
    flags[flags.length - 1] = flag;
  }

  void runs(Rule.Running how) {
    runsOthers = true;
    takesLines = how == Rule.Running.LINES;
    takesLineAfterC = how == Rule.Running.LINE_AFTER_C;
  }

  /// Whether it runs the program that its arguments name.
  boolean runsOthers() {
    return runsOthers;
  }

  /// Whether an argument with a space is a line of a shell to it.
  boolean takesLines() {
    return takesLines;
  }

  /// Whether what follows `-c` is.
  boolean takesLineAfterC() {
    return takesLineAfterC;
  }

  /// Whether a word is an option of it that has no value.
  boolean isFlag(CommandWords line, int word) {
    for (byte[] flag : flags) {
      if (line.is(word, flag)) {
        return true;
      }
    }
    return false;
  }

  /// Adds the secrets that its options give from that word on.
  void find(CommandWords line, int word, Spans found) {
    if (patterns.length == 0) {
      return;
    }
    int from = line.from(word);
    for (long left = mayBegin(line.text(), from, line.to(word)); left != 0; left &= left - 1) {
      int pattern = Long.numberOfTrailingZeros(left);
      patterns[pattern].find(line, word, found, rules[pattern]);
    }
  }

  private long mayBegin(byte[] text, int from, int to) {
    int length = to - from;
    if (length >= 3) {
      return byLength[length < LENGTHS ? length : LENGTHS - 1]
          & first[text[from] & 0xFF]
          & second[text[from + 1] & 0xFF];
    }
    long left = byLength[length];
    if (length == 0) {
      return left;
    }
    left &= first[text[from] & 0xFF];
    return length == 1 ? left : left & secondOfTwo[text[from + 1] & 0xFF];
  }
}
