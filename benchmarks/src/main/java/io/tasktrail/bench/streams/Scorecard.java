package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Table;
import java.util.EnumMap;
import java.util.Map;

/// What was measured of what is to be reached.
final class Scorecard {

  private final Map<Goal, String[]> rows = new EnumMap<>(Goal.class);

  void measured(Goal goal, double figure) {
    measured(goal, figure, 0);
  }

  /// @param more what the goal allows besides
  void measured(Goal goal, double figure, double more) {
    put(goal, goal.shown(figure), more, goal.reached(figure, more));
  }

  /// It could not be measured.
  void missed(Goal goal, String why) {
    put(goal, why, 0, "no");
  }

  private void put(Goal goal, String figure, double more, String reached) {
    rows.put(goal, new String[] {goal.what(), figure, goal.must(more), goal.aim(more), reached});
  }

  /// Whether nothing was measured that has a goal.
  boolean isEmpty() {
    return rows.isEmpty();
  }

  Table table() {
    Table table = new Table("goal", "figure", "must", "aim", "reached");
    rows.values().forEach(table::row);
    return table;
  }
}
