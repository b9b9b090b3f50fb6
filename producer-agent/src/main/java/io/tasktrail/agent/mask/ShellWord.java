package io.tasktrail.agent.mask;

/// A word as a shell sees it (XCU 2.3, "Token Recognition"), roughly.
final class ShellWord {

  private ShellWord() {}

  /// Where the word that goes on there ends.
  ///
  /// @param separated whether what separates commands ends it too
  static int end(byte[] text, int from, int to, boolean separated) {
    int at = from;
    while (at < to) {
      byte is = text[at];
      if (Bytes.isOfName(is)) {
        at++;
      } else if (Bytes.isSpace(is) || (separated && Bytes.endsCommand(is))) {
        return at;
      } else if (Bytes.isQuote(is)) {
        at = Bytes.find(text, at + 1, to, is) + 1;
      } else {
        at += is == '\\' ? 2 : 1;
      }
    }
    return Math.min(at, to);
  }
}
