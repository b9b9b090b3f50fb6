package io.tasktrail.sink.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How it is waited between two attempts at a server that is busy.
public interface Pauses {

  /// By the clock.
  Pauses SLEEPING = new Sleeping();

  /// Waits before an attempt.
  ///
  /// @param attempt how many there were before, less one
  void pause(int attempt) throws IOException;

  /// Of a clock that only goes forward.
  long nanoTime();

  /// Each pause is twice the one before, to a bound, and up to half as long again: sinks that were
  /// refused together do not come back together.
  final class Sleeping implements Pauses {

    private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();
    private static final long MOST_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int DOUBLINGS_MAX = 16;

    @Override
    public void pause(int attempt) throws IOException {
      long least = Math.min(MOST_NANOS, FIRST_NANOS << Math.min(attempt, DOUBLINGS_MAX));
      long nanos = ThreadLocalRandom.current().nextLong(least, least + least / 2);
      try {
        Thread.sleep(Duration.ofNanos(nanos));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", stopped);
      }
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }
  }
}
