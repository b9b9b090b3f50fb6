package io.tasktrail.agent.mask;

/// What bytes are, in ASCII; no other byte is anything here.
final class Bytes {

  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte SEPARATOR = 4;
  private static final byte SPACE = 8;
  private static final byte END_OF_COMMAND = 16;
  private static final byte OF_NAME = LETTER | DIGIT | SEPARATOR;
  private static final byte[] KINDS = kinds();

  private Bytes() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int letter = 'a'; letter <= 'z'; letter++) {
      kinds[letter] = LETTER;
      kinds[letter - 'a' + 'A'] = LETTER;
    }
    for (int digit = '0'; digit <= '9'; digit++) {
      kinds[digit] = DIGIT;
    }
    for (char separator : new char[] {'_', '-', '.'}) {
      kinds[separator] = SEPARATOR;
    }
    for (char space : new char[] {' ', '\t', '\n', '\r'}) {
      kinds[space] = SPACE;
    }
    for (char end : new char[] {';', '|', '&', '(', ')', '`', '\n'}) {
      kinds[end] |= END_OF_COMMAND;
    }
    return kinds;
  }

  static boolean isLetter(byte is) {
    return KINDS[is & 0xFF] == LETTER;
  }

  static boolean isUpper(byte is) {
    return is >= 'A' && is <= 'Z';
  }

  static boolean isDigit(byte is) {
    return KINDS[is & 0xFF] == DIGIT;
  }

  /// What names are joined by.
  static boolean isSeparator(byte is) {
    return KINDS[is & 0xFF] == SEPARATOR;
  }

  /// What names and tokens are made of.
  static boolean isOfName(byte is) {
    return (KINDS[is & 0xFF] & OF_NAME) != 0;
  }

  static boolean isSpace(byte is) {
    return (KINDS[is & 0xFF] & SPACE) != 0;
  }

  /// Whether a command of a shell ends there.
  static boolean endsCommand(byte is) {
    return (KINDS[is & 0xFF] & END_OF_COMMAND) != 0;
  }

  static boolean isQuote(byte is) {
    return is == '"' || is == '\'';
  }

  static byte lower(byte is) {
    return isUpper(is) ? (byte) (is + 'a' - 'A') : is;
  }

  /// Whether a text goes on so.
  static boolean startsWith(byte[] text, int from, int to, byte[] with) {
    if (to - from < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if (text[from + i] != with[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether two parts of a text are the same.
  static boolean same(byte[] text, int from, int to, int otherFrom, int otherTo) {
    if (to - from != otherTo - otherFrom) {
      return false;
    }
    for (int at = from, other = otherFrom; at < to; at++, other++) {
      if (text[at] != text[other]) {
        return false;
      }
    }
    return true;
  }

  /// The first place of a byte; `to` where there is none.
  static int find(byte[] text, int from, int to, byte wanted) {
    int at = from;
    while (at < to && text[at] != wanted) {
      at++;
    }
    return at;
  }

  /// The last place of a byte; -1 where there is none.
  static int findLast(byte[] text, int from, int to, byte wanted) {
    int at = to - 1;
    while (at >= from && text[at] != wanted) {
      at--;
    }
    return at >= from ? at : -1;
  }
}
