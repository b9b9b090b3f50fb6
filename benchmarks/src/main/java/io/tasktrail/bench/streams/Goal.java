package io.tasktrail.bench.streams;

import java.util.Locale;

/// What the topology must reach, and what it aims at.
enum Goal {
  AT_LEAST_ONCE("one thread, at least once, 1 s commit", "× D+E", 2, true, 0.40, 0.55),
  EXACTLY_ONCE("one thread, exactly once, 100 ms commit", "× D+E", 2, true, 0.25, 0.35),
  ROCKSDB("one thread, RocksDB, at least once", "× D+E", 2, true, 0.18, 0.30),
  CPU_AT_LEAST_ONCE("app CPU per M events, at least once", "s", 1, false, 8, 6),
  CPU_EXACTLY_ONCE("app CPU per M events, exactly once", "s", 1, false, 11, 8),
  CHANGELOG_AT_LEAST_ONCE("changelog records per event, at least once", "", 2, false, 0.5, 0.3),
  CHANGELOG_EXACTLY_ONCE("changelog records per event, exactly once", "", 2, false, 0.5, 0.3),
  FOLD("fold with its codec, bytes to bytes, one thread", "events/s", 0, true, 500_000, 900_000),
  SLOW_AT_LEAST_ONCE("produced → visible, 1 k/s, at least once, p99", "ms", 0, false, 60, 35),
  SLOW_EXACTLY_ONCE("produced → visible, 1 k/s, exactly once, p99", "ms", 0, false, 200, 150),
  FAST_AT_LEAST_ONCE("produced → visible, 20 k/s, at least once, p99", "ms", 0, false, 150, 70),
  FAST_EXACTLY_ONCE("produced → visible, 20 k/s, exactly once, p99", "ms", 0, false, 500, 250),
  STATE_BYTES("a live task, chain of 8: serialized + its command line", "B", 0, false, 400, 250),
  HEAP_BYTES("a live task, chain of 8: heap + its command line", "B", 0, false, 700, 300),
  RESTORED_BYTES("the same after a restore", "B", 0, false, 700, 300),
  RESTORE("restore of 1 M live tasks", "s", 1, false, 3, 1.5);

  private final String what;
  private final String unit;
  private final int digits;
  private final boolean atLeast;
  private final double must;
  private final double aim;

  /// @param atLeast whether more is better
  Goal(String what, String unit, int digits, boolean atLeast, double must, double aim) {
    this.what = what;
    this.unit = unit;
    this.digits = digits;
    this.atLeast = atLeast;
    this.must = must;
    this.aim = aim;
  }

  String what() {
    return what;
  }

  /// @param more what is allowed besides
  String must(double more) {
    return bound(must, more);
  }

  /// See [#must].
  String aim(double more) {
    return bound(aim, more);
  }

  private String bound(double figure, double more) {
    return more == 0 ? shown(figure) : "%s + %s".formatted(shown(figure), shown(more));
  }

  String shown(double figure) {
    return String.format(Locale.ROOT, "%,." + digits + "f %s", figure, unit).strip();
  }

  /// In a word.
  String reached(double figure, double more) {
    if (reaches(figure, aim + more)) {
      return "aim";
    }
    return reaches(figure, must + more) ? "must" : "no";
  }

  private boolean reaches(double figure, double bound) {
    return atLeast ? figure >= bound : figure <= bound;
  }
}
