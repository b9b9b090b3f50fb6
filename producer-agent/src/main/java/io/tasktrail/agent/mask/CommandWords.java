package io.tasktrail.agent.mask;

import java.util.Arrays;

/// The words of a command line, each with the program that it is for: in
/// `sudo sh -c 'mysql -pX; ls'` the word `-pX` is for `mysql`. Lines that a shell would split are
/// split here.
final class CommandWords {

  /// Lines within lines that are split.
  private static final int NESTED_MAX = 3;

  /// Within so many words behind a program its subcommand stands.
  private static final int SUBCOMMAND_MAX = 8;

  private static final byte[] COMMAND = {'-', '-', 'c', 'o', 'm', 'm', 'a', 'n', 'd'};

  private final Programs known;
  private byte[] text = {};
  private int[] from = new int[64];
  private int[] to = new int[64];

  /// Which of [#programs] each is for.
  private int[] program = new int[64];

  /// Those that were named, in that order, and the words that did; one may be there again.
  private Program[] programs = new Program[8];

  private int[] programAt = new int[8];

  /// Which patterns of each may follow because of a word that stood behind it.
  private long[] open = new long[8];

  private int programsSize;
  private int size;

  /// Words that their programs heed.
  private int[] heeded = new int[64];

  private int heededSize;

  /// The one that the next word is for, and its place.
  private Program current = Program.OTHER;

  private int now;

  CommandWords(Programs known) {
    this.known = known;
  }

  /// Begins a command line.
  ///
  /// @param of the program that is executed
  void begin(byte[] bytes, Program of) {
    text = bytes;
    size = 0;
    heededSize = 0;
    programsSize = 0;
    go(of);
  }

  /// From the word on that is added next.
  private void go(Program on) {
    if (programsSize == programs.length) {
      programs = Arrays.copyOf(programs, 2 * programsSize);
      programAt = Arrays.copyOf(programAt, 2 * programsSize);
      open = Arrays.copyOf(open, 2 * programsSize);
    }
    open[programsSize] = 0;
    programs[programsSize] = on;
    programAt[programsSize] = size;
    goBack(programsSize++);
  }

  private void goBack(int place) {
    current = programs[place];
    now = place;
  }

  /// Adds an argument.
  ///
  /// @return whether it is a line of a shell
  boolean argument(int begin, int end) {
    if (size == 0 || !current.runsOthers()) {
      add(begin, end);
      return false;
    }
    return toBeRun(begin, end);
  }

  private boolean toBeRun(int begin, int end) {
    if (isLine(begin, end)) {
      line(begin, end, 0);
      return true;
    }
    word(begin, end);
    return false;
  }

  private boolean isLine(int begin, int end) {
    return current.takesLines()
        ? Bytes.find(text, begin, end, (byte) ' ') < end
        : current.takesLineAfterC() && isDashC(size - 1);
  }

  /// `-c`, `-lc`, `--command`.
  private boolean isDashC(int word) {
    int begin = from[word];
    int end = to[word];
    return Bytes.startsWith(text, begin, end, COMMAND)
        || (end - begin >= 2
            && text[begin] == '-'
            && text[begin + 1] != '-'
            && Bytes.find(text, begin, end, (byte) 'c') < end);
  }

  private void line(int begin, int end, int depth) {
    int before = now;
    int at = begin;
    while (at < end) {
      byte is = text[at];
      if (Bytes.isOfName(is)) {
        int next = ShellWord.end(text, at, end, true);
        word(at, next);
        at = next;
      } else if (Bytes.endsCommand(is)) {
        goBack(before);
        at++;
      } else if (Bytes.isSpace(is)) {
        at++;
      } else {
        int next = ShellWord.end(text, at, end, true);
        piece(at, next, depth);
        at = next;
      }
    }
    goBack(before);
  }

  /// A word of a line, without the quotes around it.
  private void piece(int begin, int end, int depth) {
    boolean quoted = end - begin >= 2 && Bytes.isQuote(text[begin]) && text[end - 1] == text[begin];
    int inner = quoted ? begin + 1 : begin;
    int innerEnd = quoted ? end - 1 : end;
    if (quoted && depth < NESTED_MAX && isLine(inner, innerEnd)) {
      line(inner, innerEnd, depth + 1);
    } else {
      word(inner, innerEnd);
    }
  }

  private void word(int begin, int end) {
    if (current.runsOthers() && begin < end && text[begin] != '-' && text[begin] != '$') {
      Program named = known.inArgument(text, begin, end);
      if (named != Program.OTHER) {
        go(named);
      }
    }
    add(begin, end);
  }

  private void add(int begin, int end) {
    if (begin == end && isBehindEmpty()) {
      return;
    }
    if (size == from.length) {
      grow();
    }
    from[size] = begin;
    to[size] = end;
    program[size] = now;
    if (size > 0 && current.heeds(text, begin, end)) {
      heeded[heededSize++] = size;
    }
    size++;
  }

  /// An empty word behind an empty one says no more than that.
  private boolean isBehindEmpty() {
    return size > 1 && from[size - 1] == to[size - 1];
  }

  private void grow() {
    from = Arrays.copyOf(from, 2 * size);
    to = Arrays.copyOf(to, 2 * size);
    program = Arrays.copyOf(program, 2 * size);
    heeded = Arrays.copyOf(heeded, 2 * size);
  }

  byte[] text() {
    return text;
  }

  int size() {
    return size;
  }

  /// How many words their programs heed, the one that is executed not among them.
  int heeded() {
    return heededSize;
  }

  /// One of the words that their programs heed.
  int heeded(int index) {
    return heeded[index];
  }

  int from(int word) {
    return from[word];
  }

  int to(int word) {
    return to[word];
  }

  Program program(int word) {
    return programs[program[word]];
  }

  /// Whether a word may be the subcommand of its program.
  boolean mayBeSubcommand(int word) {
    int named = programAt[program[word]];
    return named < word && word <= named + SUBCOMMAND_MAX;
  }

  /// Which patterns of its program may begin at a word only because of one before it.
  long open(int word) {
    return open[program[word]];
  }

  /// From that word on these may begin too.
  void open(int word, long patterns) {
    open[program[word]] |= patterns;
  }

  /// Whether it begins with a dash, and is not only that.
  boolean isOption(int word) {
    return to[word] - from[word] > 1 && text[from[word]] == '-';
  }

  /// Whether a word is that one.
  boolean is(int word, byte[] bytes) {
    return to[word] - from[word] == bytes.length
        && Bytes.startsWith(text, from[word], to[word], bytes);
  }
}
