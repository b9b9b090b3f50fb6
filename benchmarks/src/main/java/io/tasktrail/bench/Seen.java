package io.tasktrail.bench;

/// How many events of a storm came out of a watcher, by kind.
record Seen(long forks, long execs, long exits) {

  static final Seen NONE = new Seen(0, 0, 0);

  Seen plus(Seen other) {
    return new Seen(forks + other.forks, execs + other.execs, exits + other.exits);
  }

  Seen minus(Seen earlier) {
    return new Seen(forks - earlier.forks, execs - earlier.execs, exits - earlier.exits);
  }

  /// Whether all kinds have reached a number.
  boolean isAll(long count) {
    return Math.min(forks, Math.min(execs, exits)) >= count;
  }

  @Override
  public String toString() {
    return forks + "/" + execs + "/" + exits;
  }
}
