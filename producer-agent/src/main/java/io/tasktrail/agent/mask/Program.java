package io.tasktrail.agent.mask;

import java.util.Arrays;
import java.util.Optional;

/// What the rules say of one program.
final class Program {

  /// Of which the rules say nothing.
  static final Program OTHER = new Program();

  /// Patterns that there may be for one: each has a bit.
  static final int PATTERNS_MAX = 64;

  /// Patterns and the rules that they are of.
  private OptionPattern[] patterns = {};

  private int[] rules = {};

  /// Which patterns a word may begin with that first byte, and with that second one. A word that
  /// is shorter may begin any.
  private final long[] first = new long[256];

  private final long[] second = new long[256];
  private long all;

  private byte[][] flags = {};
  private Optional<Rule.Running> running = Optional.empty();

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
    }
    all |= bit;
  }

  void add(byte[] flag) {
    flags = Arrays.copyOf(flags, flags.length + 1);
    flags[flags.length - 1] = flag;
  }

  void runs(Rule.Running how) {
    running = Optional.of(how);
  }

  /// Whether it runs the program that its arguments name.
  boolean runsOthers() {
    return running.isPresent();
  }

  /// Whether an argument is a line of a shell to it.
  boolean takesLine(Rule.Running how) {
    return running.isPresent() && running.get() == how;
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
    for (long left = mayBegin(line, word); left != 0; left &= left - 1) {
      int pattern = Long.numberOfTrailingZeros(left);
      patterns[pattern].find(line, word, found, rules[pattern]);
    }
  }

  private long mayBegin(CommandWords line, int word) {
    int from = line.from(word);
    int length = line.to(word) - from;
    long byFirst = length > 0 ? first[line.text()[from] & 0xFF] : all;
    return length > 1 ? byFirst & second[line.text()[from + 1] & 0xFF] : byFirst;
  }
}
