package io.tasktrail.agent.mask;

/// A word as a shell sees it (XCU 2.3, "Token Recognition"), roughly.
final class ShellWord {

  private ShellWord() {}

  /// Whether a command ends there.
  static boolean separates(byte is) {
    return switch (is) {
      case ';', '|', '&', '(', ')', '`', '\n' -> true;
      default -> false;
    };
  }

  /// Where the word that goes on there ends.
  ///
  /// @param separated whether what separates commands ends it too
  static int end(byte[] text, int from, int to, boolean separated) {
    int at = from;
    while (at < to && !Bytes.isSpace(text[at]) && !(separated && separates(text[at]))) {
      if (Bytes.isOfName(text[at])) {
        at = afterName(text, at, to);
      } else if (text[at] == '\\') {
        at += 2;
      } else if (Bytes.isQuote(text[at])) {
        at = Bytes.find(text, at + 1, to, text[at]) + 1;
      } else {
        at++;
      }
    }
    return Math.min(at, to);
  }

  private static int afterName(byte[] text, int from, int to) {
    int at = from;
    while (at < to && Bytes.isOfName(text[at])) {
      at++;
    }
    return at;
  }
}
