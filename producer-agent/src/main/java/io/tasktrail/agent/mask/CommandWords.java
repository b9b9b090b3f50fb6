package io.tasktrail.agent.mask;

import java.util.Arrays;

/// The words of a command line, each with the program that it is for: in
/// `sudo sh -c 'mysql -pX; ls'` the word `-pX` is for `mysql`. Lines that a shell would split are
/// split here.
final class CommandWords {

  /// Lines within lines that are split.
  private static final int NESTED_MAX = 3;

  private static final byte[] COMMAND = {'-', '-', 'c', 'o', 'm', 'm', 'a', 'n', 'd'};

  private final Programs known;
  private byte[] text = {};
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int[] programAt = new int[64];

  /// Which of [#programs] each is for.
  private int[] program = new int[64];

  /// Those that were named, in that order; one may be there again.
  private Program[] programs = new Program[8];

  private int programsSize;
  private int size;

  /// The one that the next word is for, its place, and the word that named it.
  private Program current = Program.OTHER;

  private int now;
  private int nowAt;

  CommandWords(Programs known) {
    this.known = known;
  }

  /// Begins a command line.
  ///
  /// @param of the program that is executed
  void begin(byte[] bytes, Program of) {
    text = bytes;
    size = 0;
    nowAt = 0;
    programsSize = 0;
    go(of);
  }

  private void go(Program on) {
    if (programsSize == programs.length) {
      programs = Arrays.copyOf(programs, 2 * programsSize);
    }
    programs[programsSize] = on;
    goBack(programsSize++, nowAt);
  }

  private void goBack(int place, int at) {
    current = programs[place];
    now = place;
    nowAt = at;
  }

  /// Adds an argument.
  ///
  /// @return whether it is a line of a shell
  boolean argument(int begin, int end) {
    if (size == 0 || !current.runsOthers()) {
      add(begin, end);
      return false;
    }
    if (isLine(begin, end)) {
      line(begin, end, 0);
      return true;
    }
    word(begin, end);
    return false;
  }

  private boolean isLine(int begin, int end) {
    return (current.takesLineAfterC() && isDashC(size - 1))
        || (current.takesLines() && Bytes.find(text, begin, end, (byte) ' ') < end);
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
    int beforeAt = nowAt;
    int at = begin;
    while (at < end) {
      if (Bytes.endsCommand(text[at])) {
        goBack(before, beforeAt);
        at++;
      } else if (Bytes.isSpace(text[at])) {
        at++;
      } else {
        int next = ShellWord.end(text, at, end, true);
        piece(at, next, depth);
        at = next;
      }
    }
    goBack(before, beforeAt);
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
        nowAt = size;
      }
    }
    add(begin, end);
  }

  private void add(int begin, int end) {
    if (size == from.length) {
      grow();
    }
    from[size] = begin;
    to[size] = end;
    program[size] = now;
    programAt[size++] = nowAt;
  }

  private void grow() {
    from = Arrays.copyOf(from, 2 * size);
    to = Arrays.copyOf(to, 2 * size);
    programAt = Arrays.copyOf(programAt, 2 * size);
    program = Arrays.copyOf(program, 2 * size);
  }

  byte[] text() {
    return text;
  }

  int size() {
    return size;
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

  /// The word that named the program.
  int programAt(int word) {
    return programAt[word];
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
