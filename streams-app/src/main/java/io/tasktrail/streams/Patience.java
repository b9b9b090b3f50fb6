package io.tasktrail.streams;

import java.time.Duration;

/// How long to wait before the next try: each time twice as long, up to a bound. What works for
/// longer than that is forgiven.
final class Patience {

  private final Duration first;
  private final Duration longest;
  private Duration next;
  private long lastNanos;

  Patience(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /// The pause after a failure.
  ///
  /// @param nowNanos as of [System#nanoTime]
  synchronized Duration afterFailure(long nowNanos) {
    boolean worked = nowNanos - lastNanos > next.plus(longest).toNanos();
    Duration pause = worked ? first : next;
    next = twice(pause);
    lastNanos = nowNanos;
    return pause;
  }

  private Duration twice(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
