package io.tasktrail.agent.mask;

import io.tasktrail.agent.mask.NameEnding.Use;
import java.util.Arrays;

/// Which names are those of secrets. Each question is asked with where a name ends and a place
/// before which it does not begin, and answered with the rule by which it is one; -1: none.
final class Names {

  private final Endings options = new Endings();
  private final Endings assigned = new Endings();
  private final Endings headers = new Endings();

  void add(NameEnding ending, int rule) {
    addIf(Use.OPTION, ending, rule, options);
    addIf(Use.ASSIGNED, ending, rule, assigned);
    addIf(Use.HEADER, ending, rule, headers);
  }

  private static void addIf(Use use, NameEnding ending, int rule, Endings endings) {
    if (ending.use().allows(use)) {
      endings.add(ending, rule);
    }
  }

  /// Of `--name value`.
  int ofOption(byte[] text, int from, int to) {
    return options.rule(text, from, to);
  }

  /// Of `name=value`, `"name": "value"`.
  int ofAssigned(byte[] text, int from, int to) {
    return assigned.rule(text, from, to);
  }

  /// Of `name: value`.
  int ofHeader(byte[] text, int from, int to) {
    return headers.rule(text, from, to);
  }

  /// How many bytes the shortest name has that is assigned something, or stands in a header.
  int shortest() {
    return Math.min(assigned.shortest, headers.shortest);
  }

  /// Endings by their last letter.
  private static final class Endings {

    private static final NameEnding[] NONE = {};

    private final NameEnding[][] endings = new NameEnding[128][];
    private final int[][] rules = new int[128][];
    private int shortest = Integer.MAX_VALUE;

    Endings() {
      Arrays.fill(endings, NONE);
    }

    void add(NameEnding ending, int rule) {
      shortest = Math.min(shortest, ending.length());
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

    int rule(byte[] text, int from, int to) {
      if (to - from < shortest || text[to - 1] < 0) {
        return -1;
      }
      NameEnding[] candidates = endings[text[to - 1]];
      for (int i = 0; i < candidates.length; i++) {
        if (candidates[i].ends(text, from, to)) {
          return rules[text[to - 1]][i];
        }
      }
      return -1;
    }
  }
}
