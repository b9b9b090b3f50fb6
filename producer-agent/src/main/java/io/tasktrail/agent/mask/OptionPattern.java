package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// Words that stand after a program, one of which is or holds a secret: `-u ?:*`.
final class OptionPattern {

  /// So many words after the program is looked for the word that must stand before.
  private static final int SUBCOMMAND_MAX = 8;

  private static final int WORDS_MAX = 6;

  private final byte[] after;
  private final WordPattern[] words;

  /// Which of the words has the secret.
  private final int secret;

  private final boolean isToldByTwo;

  /// @param after the word that must stand before them; empty: none
  /// @param given what they are
  private OptionPattern(byte[] after, List<WordPattern> given) {
    this.after = after;
    this.words = given.toArray(WordPattern[]::new);
    this.secret = given.stream().map(WordPattern::secret).toList().indexOf(true);
    this.isToldByTwo = words.length == 1 && after.length == 0 && words[0].isToldByTwo();
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
  boolean mayGoOn(byte is) {
    return words[0].mayGoOn(is);
  }

  /// Whether its first word may have two bytes, of which that is the second.
  boolean mayEnd(byte is) {
    return words[0].mayEnd(is);
  }

  /// Bytes that its first word has at least.
  int least() {
    return words[0].least();
  }

  /// Adds the secret if these words begin at that one. It has the first two bytes of the first of
  /// these, and is as long as that at least.
  void find(CommandWords line, int first, Spans found, int rule) {
    if (isToldByTwo) {
      found.add(line.text(), line.from(first) + 2, line.to(first), rule);
      return;
    }
    if (words.length > 1 && !mayFollow(line, first)) {
      return;
    }
    int begin = words[0].secretIn(line.text(), line.from(first), line.to(first));
    if (begin < 0 || !areThere(line, first)) {
      return;
    }
    int word = first + secret;
    int at =
        secret == 0 ? begin : words[secret].secretIn(line.text(), line.from(word), line.to(word));
    if (isAfter(line, first)) {
      found.add(line.text(), at, words[secret].endIn(line.text(), at, line.to(word)), rule);
    }
  }

  /// Whether there is a word behind the first one that is long enough: most often there is not.
  private boolean mayFollow(CommandWords line, int first) {
    int next = first + 1;
    return next < line.size() && line.to(next) - line.from(next) >= words[1].least();
  }

  /// Whether the words behind the first one are as they should be.
  private boolean areThere(CommandWords line, int first) {
    for (int i = 1; i < words.length; i++) {
      int word = first + i;
      if (word >= line.size()
          || line.to(word) - line.from(word) < words[i].least()
          || line.program(word) != line.program(first)
          || words[i].secretIn(line.text(), line.from(word), line.to(word)) < 0
          || isOtherOption(line, word, i)) {
        return false;
      }
    }
    return true;
  }

  /// After a word that is no option, an option is not the secret.
  private boolean isOtherOption(CommandWords line, int word, int index) {
    return !words[0].isOption() && words[index].isWholeSecret() && line.isOption(word);
  }

  private boolean isAfter(CommandWords line, int first) {
    if (after.length == 0) {
      return true;
    }
    int program = line.programAt(first);
    int last = Math.min(first, program + 1 + SUBCOMMAND_MAX);
    for (int word = program + 1; word < last; word++) {
      if (line.is(word, after)) {
        return true;
      }
    }
    return false;
  }
}
