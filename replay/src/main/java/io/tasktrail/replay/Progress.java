package io.tasktrail.replay;

import io.tasktrail.audit.Tally;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Says on standard error how far long work is.
final class Progress {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

  /// So many events pass between two looks at the clock.
  private static final int STRIDE = 1024;

  private final PrintStream err;
  private final LongSupplier nanoClock;
  private long said;
  private long events;

  Progress(PrintStream err, LongSupplier nanoClock) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.said = nanoClock.getAsLong();
  }

  void event(Path file) {
    events++;
    if (events % STRIDE == 0 && nanoClock.getAsLong() - said >= INTERVAL_NANOS) {
      said = nanoClock.getAsLong();
      say(file + ": " + events + " events read so far");
    }
  }

  void torn(Path file, long whole) {
    say(file + ": torn at its end: its " + whole + " whole events were read");
  }

  /// One of several logs was read.
  void read(Path file, Tally tally) {
    if (nanoClock.getAsLong() - said >= INTERVAL_NANOS) {
      said = nanoClock.getAsLong();
      say(file + ": " + tally.lines() + " lines read so far");
    }
  }

  /// What became of the lines of all logs; nothing where there were none.
  void account(Tally tally) {
    if (tally.lines() > 0) {
      tally.reasons().forEach(reason -> say("audit: " + reason));
      say(AuditLog.account(tally));
    }
  }

  private void say(String what) {
    err.println("tasktrail replay: " + what);
  }
}
