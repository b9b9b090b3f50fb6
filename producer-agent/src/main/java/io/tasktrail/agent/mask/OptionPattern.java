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
  private final List<WordPattern> words;

  /// @param after the word that must stand before them; empty: none
  /// @param words what they are
  private OptionPattern(byte[] after, List<WordPattern> words) {
    this.after = after;
    this.words = List.copyOf(words);
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
    return words.getFirst().mayBegin(is);
  }

  /// Whether its first word may have that byte second.
  boolean mayGoOn(byte is) {
    return words.getFirst().mayGoOn(is);
  }

  /// Adds the secret if these words begin at that one.
  void find(CommandWords line, int first, Spans found, int rule) {
    if (words.getFirst().secretIn(line.text(), line.from(first), line.to(first)) < 0) {
      return;
    }
    int at = -1;
    int to = -1;
    for (int i = 0; i < words.size(); i++) {
      int word = first + i;
      if (word >= line.size() || line.program(word) != line.program(first)) {
        return;
      }
      WordPattern pattern = words.get(i);
      int begin = pattern.secretIn(line.text(), line.from(word), line.to(word));
      if (begin < 0 || isOtherOption(line, word, i)) {
        return;
      }
      if (pattern.secret()) {
        at = begin;
        to = pattern.endIn(line.text(), begin, line.to(word));
      }
    }
    if (isAfter(line, first)) {
      found.add(line.text(), at, to, rule);
    }
  }

  /// After a word that is no option, an option is not the secret.
  private boolean isOtherOption(CommandWords line, int word, int index) {
    return index > 0
        && !words.getFirst().isOption()
        && words.get(index).isWholeSecret()
        && line.isOption(word);
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
