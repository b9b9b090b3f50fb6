package io.tasktrail.agent.mask;

import java.util.Arrays;
import java.util.Optional;

/// What the rules say of one program.
final class Program {

  /// Of which the rules say nothing.
  static final Program OTHER = new Program();

  /// Patterns and the rules that they are of.
  private OptionPattern[] patterns = {};

  private int[] rules = {};

  /// Of the first bytes of words, those with which a pattern begins.
  private final boolean[] begins = new boolean[256];

  private byte[][] flags = {};
  private Optional<Rule.Running> running = Optional.empty();

  void add(OptionPattern pattern, int rule) {
    int size = patterns.length;
    patterns = Arrays.copyOf(patterns, size + 1);
    rules = Arrays.copyOf(rules, size + 1);
    patterns[size] = pattern;
    pattern.markFirst(begins);
    rules[size] = rule;
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
    int from = line.from(word);
    if (from < line.to(word) && !begins[line.text()[from] & 0xFF]) {
      return;
    }
    for (int i = 0; i < patterns.length; i++) {
      patterns[i].find(line, word, found, rules[i]);
    }
  }
}
