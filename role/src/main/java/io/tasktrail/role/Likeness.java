package io.tasktrail.role;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody may have meant.
final class Likeness {

  /// One edit for each so many letters still counts as a slip.
  private static final int LETTERS_AN_EDIT = 4;

  private Likeness() {}

  static Optional<String> closest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> edits(word, candidate) <= Math.max(2, word.length() / LETTERS_AN_EDIT))
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
  }

  /// Levenshtein's distance.
  static int edits(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      above = nextRow(above, left.charAt(row - 1), row, right);
    }
    return above[right.length()];
  }

  private static int[] nextRow(int[] above, char letter, int row, String right) {
    int[] here = new int[above.length];
    here[0] = row;
    for (int column = 1; column < here.length; column++) {
      int replaced = above[column - 1] + (letter == right.charAt(column - 1) ? 0 : 1);
      here[column] = Math.min(replaced, 1 + Math.min(above[column], here[column - 1]));
    }
    return here;
  }
}
