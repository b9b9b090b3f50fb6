package io.tasktrail.sink;

import java.time.Duration;

/// The pause before the next attempt: each twice the last one, to a bound.
///
/// @param next the pause before the next attempt
/// @param most the bound
record Backoff(Duration next, Duration most) {

  private static final Duration FIRST = Duration.ofMillis(100);

  static Backoff upTo(Duration most) {
    return new Backoff(FIRST, most);
  }

  Backoff doubled() {
    Duration twice = next.multipliedBy(2);
    return new Backoff(twice.compareTo(most) < 0 ? twice : most, most);
  }

  Backoff reset() {
    return upTo(most);
  }
}
