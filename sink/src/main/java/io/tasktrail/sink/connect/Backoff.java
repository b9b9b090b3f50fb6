package io.tasktrail.sink.connect;

import java.time.Duration;

/// The pause before the next attempt: each twice the last one, to a bound.
///
/// @param next the longest that the pause before the next attempt may be
/// @param most the bound
record Backoff(Duration next, Duration most) {

  private static final Duration FIRST = Duration.ofMillis(100);

  static Backoff upTo(Duration most) {
    return new Backoff(FIRST, most);
  }

  /// A pause of at least half of the longest: sinks that failed together do not come back together.
  ///
  /// @param chance from 0 to 1
  Duration pause(double chance) {
    long half = next.toNanos() / 2;
    return Duration.ofNanos(half + (long) (chance * half));
  }

  Backoff doubled() {
    Duration twice = next.multipliedBy(2);
    return new Backoff(twice.compareTo(most) < 0 ? twice : most, most);
  }

  Backoff reset() {
    return upTo(most);
  }
}
