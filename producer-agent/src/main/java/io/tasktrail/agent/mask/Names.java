package io.tasktrail.agent.mask;

import java.util.Arrays;

/// Which names are those of secrets: endings by their last letter.
final class Names {

  private static final NameEnding[] NONE = {};

  private final NameEnding[][] endings = new NameEnding[128][];
  private final int[][] rules = new int[128][];

  Names() {
    Arrays.fill(endings, NONE);
  }

  void add(NameEnding ending, int rule) {
    add(Bytes.lower(ending.last()), ending, rule);
    if (Bytes.isLetter(ending.last())) {
      add(ending.last() - 'a' + 'A', ending, rule);
    }
  }

  private void add(int last, NameEnding ending, int rule) {
    int size = endings[last].length;
    endings[last] = Arrays.copyOf(endings[last], size + 1);
    rules[last] = size == 0 ? new int[1] : Arrays.copyOf(rules[last], size + 1);
    endings[last][size] = ending;
    rules[last][size] = rule;
  }

  /// The rule by which the name that ends there is a secret's; -1: none.
  ///
  /// @param from before which the name does not begin
  int rule(byte[] text, int from, int to, NameEnding.Use use) {
    if (from >= to || text[to - 1] < 0) {
      return -1;
    }
    NameEnding[] candidates = endings[text[to - 1]];
    for (int i = 0; i < candidates.length; i++) {
      if (candidates[i].use().allows(use) && candidates[i].ends(text, from, to)) {
        return rules[text[to - 1]][i];
      }
    }
    return -1;
  }
}
