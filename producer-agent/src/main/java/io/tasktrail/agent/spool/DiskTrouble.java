package io.tasktrail.agent.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When to try a disk again that failed, and what to say of it: each new reason once, not each try.
final class DiskTrouble {

  /// Between the first two tries; doubled from try to try.
  static final Duration PAUSE = Duration.ofSeconds(1);

  /// Between two tries at most.
  static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  /// A sync that takes longer is worth a word.
  static final Duration SLOW = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(DiskTrouble.class);

  private final LongSupplier nanoTime;
  private String said = "";
  private boolean isSlow;
  private long pauseNanos = PAUSE.toNanos();
  private long notBefore;
  private long failures;

  DiskTrouble(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.notBefore = nanoTime.getAsLong();
  }

  boolean isDue() {
    return nanoTime.getAsLong() - notBefore >= 0;
  }

  /// Whether the last try failed.
  boolean isThere() {
    return !said.isEmpty();
  }

  /// How often a try failed.
  long failures() {
    return failures;
  }

  void later(IOException cause) {
    failures++;
    notBefore = nanoTime.getAsLong() + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, PAUSE_MAX.toNanos());
    String reason = cause.toString();
    if (!reason.equals(said)) {
      said = reason;
      LOG.warn("can't spool, trying again, the ring keeps the events meanwhile: {}", reason);
    }
  }

  void over() {
    pauseNanos = PAUSE.toNanos();
    if (isThere()) {
      said = "";
      LOG.info("spooling is possible again");
    }
  }

  /// How long a sync took.
  void took(long nanos) {
    boolean slow = nanos > SLOW.toNanos();
    if (slow && !isSlow) {
      LOG.warn("the disk of the spool is slow: {} ms for one sync", nanos / 1_000_000);
    }
    isSlow = slow;
  }
}
