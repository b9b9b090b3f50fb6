package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// Words that stand after a program, one of which is or holds a secret: `-u ?:*`.
final class OptionPattern {

  private static final int WORDS_MAX = 6;

  private final byte[] after;
  private final WordPattern[] words;

  /// Which of the words has the secret.
  private final int secret;

  /// Whether the first two bytes tell all, and what follows them is the secret.
  private final boolean isToldByTwo;

  /// Whether two bytes are all of the first word.
  private final boolean beginsWithTwo;

  /// @param after the word that must stand before them; empty: none
  /// @param given what they are
  private OptionPattern(byte[] after, List<WordPattern> given) {
    this.after = after;
    this.words = given.toArray(WordPattern[]::new);
    this.secret = given.stream().map(WordPattern::secret).toList().indexOf(true);
    this.isToldByTwo = words.length == 1 && words[0].isToldByTwo();
    this.beginsWithTwo = words[0].isTwoBytes();
  }

  static OptionPattern parse(String text) {
    List<String> parts = List.of(text.strip().split("\\s+"));
    boolean gap = parts.size() > 2 && parts.get(1).equals("...");
    List<WordPattern> words = new ArrayList<>();
    for (String word : gap ? parts.subList(2, parts.size()) : parts) {
      words.add(WordPattern.parse(word));
    }
    if (words.size() > WORDS_MAX || words.stream().filter(WordPattern::secret).count() != 1) {
      throw new IllegalArgumentException(
          "'" + text.strip() + "' must have one * , and " + WORDS_MAX + " words at most");
    }
    if (words.getLast().isWholeSecret() && words.size() == 1) {
      throw new IllegalArgumentException(
          "'" + text.strip() + "' would mask every word: name the option before it");
    }
    return new OptionPattern(gap ? parts.getFirst().getBytes(UTF_8) : new byte[0], words);
  }

  /// Whether its first word may have that byte first.
  boolean mayBegin(byte is) {
    return words[0].mayBegin(is);
  }

  /// Whether its first word may have that byte second.
  boolean mayBeSecond(byte is) {
    return words[0].mayBeSecond(is);
  }

  /// Whether its first word may have that byte third.
  boolean mayBeThird(byte is) {
    return words[0].mayBeThird(is);
  }

  /// Whether its first word may have two bytes, of which that is the second.
  boolean mayEnd(byte is) {
    return words[0].mayEnd(is);
  }

  /// Whether its first word is letters behind a dash.
  boolean isCluster() {
    return words[0].isCluster();
  }

  /// Whether that is the one of these letters that tells.
  boolean isToldBy(byte letter) {
    return words[0].isToldBy(letter);
  }

  /// Bytes that its first word has at least.
  int least() {
    return words[0].least();
  }

  /// Whether another word must stand before its own.
  boolean isAfterAnother() {
    return after.length > 0;
  }

  /// Bytes that the other one has; many where there is none.
  int leastBefore() {
    return isAfterAnother() ? after.length : Integer.MAX_VALUE;
  }

  /// Whether the other one begins with that byte.
  boolean mayFollow(byte is) {
    return isAfterAnother() && after[0] == is;
  }

  /// Whether that word is the other one.
  boolean mayFollow(CommandWords line, int word) {
    return line.is(word, after);
  }

  /// Adds the secret if these words begin at that one. It has the first bytes of the first of
  /// these, and is as long as that at least; what must stand before it does. The last of these is
  /// looked at first: most often it is not there.
  void find(CommandWords line, int first, Spans found, int rule) {
    if (isToldByTwo) {
      found.add(line.text(), line.from(first) + 2, line.to(first), rule);
      return;
    }
    int begin = -1;
    for (int i = words.length - 1; i > 0; i--) {
      int at = isNext(line, first, i) ? secretIn(line, first + i, i) : -1;
      if (at < 0) {
        return;
      }
      begin = i == secret ? at : begin;
    }
    boolean isFirst = beginsWithTwo && line.to(first) - line.from(first) == 2;
    int at = isFirst ? line.to(first) : secretIn(line, first, 0);
    if (at < 0) {
      return;
    }
    begin = secret == 0 ? at : begin;
    int end = words[secret].endIn(line.text(), begin, line.to(first + secret));
    found.add(line.text(), begin, end, rule);
  }

  private int secretIn(CommandWords line, int word, int index) {
    return words[index].secretIn(line.text(), line.from(word), line.to(word));
  }

  /// Whether there may be one of the words behind the first one.
  private boolean isNext(CommandWords line, int first, int index) {
    int word = first + index;
    return word < line.size()
        && line.to(word) - line.from(word) >= words[index].least()
        && line.program(word) == line.program(first)
        && !isOtherOption(line, word, index);
  }

  /// After a word that is no option, an option is not the secret.
  private boolean isOtherOption(CommandWords line, int word, int index) {
    return !words[0].isOption() && words[index].isWholeSecret() && line.isOption(word);
  }
}
