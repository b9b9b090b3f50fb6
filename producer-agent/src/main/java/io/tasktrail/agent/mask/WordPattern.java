package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One word of an [OptionPattern]: `BEFORE`, then `?SEPARATOR`, then `*`, then `SEPARATOR?`; each
/// may be missing.
final class WordPattern {

  private static final byte ANYTHING = -1;

  private static final Pattern TEXT =
      Pattern.compile("([^*?]*)(?:\\?(?:([^*?])(\\*)(?:([^*?])\\?)?)?|(\\*)(?:([^*?])\\?)?)?");

  private final byte[] before;
  private final boolean cluster;
  private final byte kept;
  private final boolean secret;
  private final byte after;
  private final int least;

  /// Whether there is nothing but the secret behind the beginning.
  private final boolean isPlain;

  /// @param before how it begins
  /// @param cluster whether other letters of one dash may stand between the dash and the rest
  /// @param kept ends what is kept before the secret: 0 where nothing is; -1: the word is anything
  /// @param secret whether there is a secret
  /// @param after ends the secret, at its last occurrence; 0: the end of the word does
  private WordPattern(byte[] before, boolean cluster, byte kept, boolean secret, byte after) {
    this.before = before;
    this.cluster = cluster;
    this.kept = kept;
    this.secret = secret;
    this.after = after;
    this.isPlain = secret && kept == 0 && after == 0;
    this.least =
        before.length
            + (kept > 0 && before.length == 0 ? 2 : kept > 0 ? 1 : 0)
            + (secret ? 1 : 0)
            + (after != 0 ? 1 : 0);
  }

  static WordPattern parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a word of a pattern, such as -p*, --user=?:* or *");
    }
    String before = parts.group(1);
    boolean cluster = before.startsWith("-+") && before.length() > 2;
    boolean secret = text.indexOf('*') >= 0;
    return new WordPattern(
        (cluster ? "-" + before.substring(2) : before).getBytes(UTF_8),
        cluster,
        text.indexOf('?') == before.length() ? kept(parts) : 0,
        secret,
        secret ? only(parts.group(4) == null ? parts.group(6) : parts.group(4)) : 0);
  }

  /// Whether a word of it may have that byte first.
  boolean mayBegin(byte is) {
    return before.length == 0 || before[0] == is;
  }

  /// Whether its first two bytes tell all: what follows them is the secret.
  boolean isToldByTwo() {
    return isPlain && !cluster && before.length == 2;
  }

  /// Whether it is two bytes and nothing else, other letters between them perhaps.
  boolean isTwoBytes() {
    return !secret && kept == 0 && before.length == 2;
  }

  /// Bytes that a word of it has at least.
  int least() {
    return least;
  }

  /// Whether a word of it may have two bytes, of which that is the second.
  boolean mayEnd(byte is) {
    return before.length < 2 || before[1] == is;
  }

  /// Whether a word of it may have that byte second.
  boolean mayBeSecond(byte is) {
    return before.length < 2 || before[1] == is || (cluster && Bytes.isLetter(is));
  }

  /// Whether a word of it may have that byte third.
  boolean mayBeThird(byte is) {
    return before.length < 3 || before[2] == is || cluster;
  }

  /// Whether that letter, among others behind a dash, tells that a word is of it.
  boolean isToldBy(byte letter) {
    return cluster && before[1] == letter;
  }

  /// Whether other letters may stand behind its dash.
  boolean isCluster() {
    return cluster;
  }

  /// Whether there is a secret in it.
  boolean secret() {
    return secret;
  }

  private static byte kept(Matcher parts) {
    return parts.group(2) == null ? ANYTHING : only(parts.group(2));
  }

  private static byte only(String separator) {
    return separator == null ? 0 : separator.getBytes(UTF_8)[0];
  }

  /// Whether it is the name of an option, after which a word is a value whatever it looks like.
  boolean isOption() {
    return before.length > 0 && (before[0] == '-' || before[0] == '/');
  }

  /// Whether it is nothing but a secret.
  boolean isWholeSecret() {
    return secret && before.length == 0 && kept == 0 && after == 0;
  }

  /// Where the secret begins in a word; `to` in a word without a secret; -1: another word.
  int secretIn(byte[] text, int from, int to) {
    int at = afterBeginning(text, from, to);
    if (at < 0) {
      return -1;
    }
    if (isPlain) {
      return at < to ? at : -1;
    }
    if (!secret) {
      return kept == ANYTHING || at == to ? to : -1;
    }
    if (kept != 0) {
      int end = Bytes.find(text, at, to, kept);
      at = end == at && before.length == 0 ? to : end + 1;
    }
    return at < to && endIn(text, at, to) > at ? at : -1;
  }

  /// Where the secret that begins there ends; -1 where it does not.
  int endIn(byte[] text, int at, int to) {
    return after == 0 ? to : Bytes.findLast(text, at, to, after);
  }

  private int afterBeginning(byte[] text, int from, int to) {
    if (!cluster) {
      return Bytes.startsWith(text, from, to, before) ? from + before.length : -1;
    }
    int at = from + 1;
    if (to - from < before.length || text[from] != '-') {
      return -1;
    }
    byte wanted = before[1];
    while (at < to && text[at] != wanted && Bytes.isLetter(text[at])) {
      at++;
    }
    return at < to && text[at] == wanted ? at + 1 : -1;
  }
}
