package io.tasktrail.agent.mask;

/// Where a value ends: that is for what stands before its name to say. A password may have any
/// byte in it: of what can't be told apart, too much is masked rather than too little.
final class Value {

  private Value() {}

  /// Of `name=value`.
  ///
  /// @param opener the byte before the name; 0: the argument begins with it
  /// @param from where the value begins
  /// @param line whether the argument is a line of a shell
  static int ofAssignment(byte[] text, byte opener, int from, int to, boolean line) {
    return switch (opener) {
      case '"', '\'' -> Bytes.find(text, from, to, opener);
      case '?', '&' -> untilAny(text, from, to, (byte) '&', (byte) '#');
      case ';' -> untilAny(text, from, to, (byte) ';', (byte) ';');
      case ',' -> untilAny(text, from, to, (byte) ',', (byte) '}');
      case 0, '=' -> line ? ShellWord.end(text, from, to, true) : to;
      default -> quotedOrWord(text, from, to);
    };
  }

  /// Of `Name: value`, which has spaces in it: `Bearer X`.
  static int ofHeader(byte[] text, byte opener, int from, int to, boolean line) {
    if (Bytes.isQuote(opener)) {
      return Bytes.find(text, from, to, opener);
    }
    if (line) {
      return quotedOrWord(text, from, to);
    }
    int end = Bytes.find(text, from, to, (byte) '\n');
    return opener == 0 || opener == '=' ? end : untilQuote(text, from, end);
  }

  /// Of `"name": value`, without its quotes.
  static int ofMember(byte[] text, int from, int to) {
    int at = from;
    while (at < to && !endsMember(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean endsMember(byte is) {
    return is == ',' || is == '}' || is == ']' || Bytes.isSpace(is);
  }

  private static int quotedOrWord(byte[] text, int from, int to) {
    if (from < to && Bytes.isQuote(text[from])) {
      return Math.min(to, Bytes.find(text, from + 1, to, text[from]) + 1);
    }
    int at = from;
    while (at < to && !Bytes.isSpace(text[at]) && !Bytes.isQuote(text[at])) {
      at++;
    }
    return at;
  }

  private static int untilAny(byte[] text, int from, int to, byte one, byte other) {
    int at = from;
    while (at < to && text[at] != one && text[at] != other && !endsText(text[at])) {
      at++;
    }
    return at;
  }

  private static int untilQuote(byte[] text, int from, int to) {
    int at = from;
    while (at < to && !Bytes.isQuote(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean endsText(byte is) {
    return Bytes.isQuote(is) || Bytes.isSpace(is);
  }
}
