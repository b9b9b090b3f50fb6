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

  /// Patterns behind another word, `login ... -p *`.
  private long behindOthers;

  /// Which patterns a word may begin with that first byte, with that second and third one.
  private final long[] first = new long[256];

  private final long[] second = new long[256];
  private final long[] third = new long[256];

  /// Which it may be that has two bytes, of which that is the second.
  private final long[] secondOfTwo = new long[256];

  /// Those whose first word is letters behind a dash, and which of these it is by each letter.
  private long clusters;

  private final long[] byLetter = new long[256];

  /// Which it may be by its length; the last is for all that are longer.
  private final long[] byLength = new long[LENGTHS];

  /// First bytes of words that are more to it than others.
  private final boolean[] begins = new boolean[256];

  /// How short such words are; an option has two bytes.
  private int shortest = 2;

  private byte[][] flags = {};

  /// How long they are: a bit for each length, the last for all that are longer.
  private long flagLengths;

  private boolean runsOthers;
  private boolean takesLines;
  private boolean takesLineAfterC;

  Program() {
    begins['-'] = true;
  }

  /// Adds a pattern, of [#PATTERNS_MAX] at most.
  void add(OptionPattern pattern, int rule) {
    int size = patterns.length;
    long bit = 1L << size;
    patterns = Arrays.copyOf(patterns, size + 1);
    rules = Arrays.copyOf(rules, size + 1);
    patterns[size] = pattern;
    rules[size] = rule;
    shortest = Math.min(shortest, Math.min(pattern.least(), pattern.leastBefore()));
    clusters |= pattern.isCluster() ? bit : 0;
    behindOthers |= pattern.isAfterAnother() ? bit : 0;
    for (int is = 0; is < first.length; is++) {
      begins[is] |= pattern.mayBegin((byte) is) || pattern.mayFollow((byte) is);
      first[is] |= pattern.mayBegin((byte) is) ? bit : 0;
      second[is] |= pattern.mayBeSecond((byte) is) ? bit : 0;
      byLetter[is] |= pattern.isToldBy((byte) is) ? bit : 0;
      third[is] |= pattern.mayBeThird((byte) is) ? bit : 0;
      secondOfTwo[is] |= pattern.mayEnd((byte) is) ? bit : 0;
    }
    for (int length = 0; length < LENGTHS; length++) {
      byLength[length] |= length == LENGTHS - 1 || pattern.least() <= length ? bit : 0;
    }
  }

  void add(byte[] flag) {
    flags = Arrays.copyOf(flags, flags.length + 1);
    flags[flags.length - 1] = flag;
    flagLengths |= lengthBit(flag.length);
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

  /// Whether a word may be more to it than others: an option, the first of a pattern, a subcommand.
  boolean heeds(byte[] text, int from, int to) {
    return to - from >= shortest && (from == to || begins[text[from] & 0xFF]);
  }

  /// Whether a word is an option of it that has no value.
  boolean isFlag(CommandWords line, int word) {
    if ((flagLengths & lengthBit(line.to(word) - line.from(word))) == 0) {
      return false;
    }
    for (byte[] flag : flags) {
      if (line.is(word, flag)) {
        return true;
      }
    }
    return false;
  }

  private static long lengthBit(int length) {
    return 1L << Math.min(length, Long.SIZE - 1);
  }

  /// Adds the secrets that its options give from that word on.
  void find(CommandWords line, int word, Spans found) {
    if (patterns.length > 0) {
      findByPatterns(line, word, found);
    }
  }

  private void findByPatterns(CommandWords line, int word, Spans found) {
    long begun = mayBegin(line.text(), line.from(word), line.to(word));
    long possible = (begun & behindOthers) == 0 ? begun : begun & (~behindOthers | line.open(word));
    for (long left = possible; left != 0; left &= left - 1) {
      int pattern = Long.numberOfTrailingZeros(left);
      patterns[pattern].find(line, word, found, rules[pattern]);
    }
    if (behindOthers != 0 && line.mayBeSubcommand(word)) {
      line.open(word, openedBy(line, word));
    }
  }

  /// The patterns that may follow from that word on.
  private long openedBy(CommandWords line, int word) {
    long opened = 0;
    for (long left = behindOthers; left != 0; left &= left - 1) {
      int pattern = Long.numberOfTrailingZeros(left);
      opened |= patterns[pattern].mayFollow(line, word) ? 1L << pattern : 0;
    }
    return opened;
  }

  private long byLetters(byte[] text, int from, int to) {
    long told = 0;
    for (int at = from; at < to && Bytes.isLetter(text[at]); at++) {
      told |= byLetter[text[at] & 0xFF];
    }
    return told;
  }

  private long mayBegin(byte[] text, int from, int to) {
    int length = to - from;
    if (length >= 3) {
      long begun =
          byLength[length < LENGTHS ? length : LENGTHS - 1]
              & first[text[from] & 0xFF]
              & second[text[from + 1] & 0xFF]
              & third[text[from + 2] & 0xFF];
      return (begun & clusters) == 0 ? begun : begun & (~clusters | byLetters(text, from + 1, to));
    }
    long left = byLength[length];
    if (length == 0) {
      return left;
    }
    left &= first[text[from] & 0xFF];
    return length == 1 ? left : left & secondOfTwo[text[from + 1] & 0xFF];
  }
}
