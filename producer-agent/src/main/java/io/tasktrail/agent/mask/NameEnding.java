package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;

/// How the name of a secret ends, such as `*password` or `_token:`. Upper and lower case are one.
final class NameEnding {

  /// Where a name names a secret.
  enum Use {
    /// `--name value`, `name=value`, `"name": "value"`.
    ANY,
    /// `--name value` alone; no ending is for that alone.
    OPTION,
    /// `name=value`, `"name": "value"`.
    ASSIGNED,
    /// `name: value`.
    HEADER;

    boolean allows(Use asked) {
      return this == asked || (this == ANY && asked != HEADER);
    }
  }

  private final byte[] letters;
  private final boolean open;
  private final Use use;

  /// @param letters in lower case; `_` stands for one of `_`, `-`, `.`; at the beginning a
  ///     word must stand before it
  /// @param open whether anything may stand before it; else it must be a word of its own
  /// @param use before what it counts
  private NameEnding(byte[] letters, boolean open, Use use) {
    this.letters = letters;
    this.open = open;
    this.use = use;
  }

  static NameEnding parse(String text) {
    Use use = text.endsWith("=") ? Use.ASSIGNED : text.endsWith(":") ? Use.HEADER : Use.ANY;
    String name = use == Use.ANY ? text : text.substring(0, text.length() - 1);
    boolean star = name.startsWith("*");
    String letters = (star ? name.substring(1) : name).toLowerCase(Locale.ROOT);
    if (!letters.matches("[;_]?[a-z0-9_]*[a-z0-9]")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not the ending of a name, such as *password, _token, secret= or"
              + " *authorization:");
    }
    return new NameEnding(letters.getBytes(US_ASCII), star || letters.charAt(0) == ';', use);
  }

  /// Where it counts.
  Use use() {
    return use;
  }

  /// Bytes that a name has at least.
  int length() {
    return letters.length;
  }

  /// The last letter.
  byte last() {
    return letters[letters.length - 1];
  }

  /// Whether what stands between ends so.
  boolean ends(byte[] text, int from, int to) {
    int begin = to - letters.length;
    if (begin < from) {
      return false;
    }
    for (int i = letters.length - 1; i >= 0; i--) {
      byte is = text[begin + i];
      boolean same = letters[i] == '_' ? Bytes.isSeparator(is) : letters[i] == Bytes.lower(is);
      if (!same) {
        return false;
      }
    }
    if (letters[0] == '_') {
      return begin > from && !Bytes.isSeparator(text[begin - 1]);
    }
    return open || begin == from || isBoundary(text[begin - 1], text[begin]);
  }

  private static boolean isBoundary(byte before, byte first) {
    return !Bytes.isLetter(before) || (Bytes.isUpper(first) && !Bytes.isUpper(before));
  }
}
