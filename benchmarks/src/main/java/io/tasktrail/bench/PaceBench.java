package io.tasktrail.bench;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Machine;
import io.tasktrail.bench.stand.Patience;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the agent takes over a long time, while programs are started at an even rate: processor
/// time and memory; how long it takes to start, and what it costs while nothing happens, once it
/// is warm.
///
/// @param rate programs a second
/// @param span how long
record PaceBench(int rate, Duration span) {

  private static final Logger LOG = LoggerFactory.getLogger(PaceBench.class);
  private static final int STRETCHES = 10;
  private static final int CALIBRATION = 1000;
  private static final Duration IDLE = Duration.ofSeconds(30);

  /// What starting a program and waiting for it takes by itself.
  private static int pauseMicros(Storm storm, int rate) throws Exception {
    double each = storm.run(CALIBRATION, 1, 0) * 1e6 / CALIBRATION;
    return Math.max(1, (int) (1e6 / rate - each));
  }

  Table run(Shutdown shutdown) throws Exception {
    Machine.requireCapture();
    Scratch scratch = shutdown.closing(Scratch.make());
    Storm storm = Storm.compile(scratch);
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    backbone.create(Topics.TASK_EVENTS, 1);
    Patience patience = Patience.of(shutdown);
    Stretch bare = bare(storm, pauseMicros(storm, rate), new Bystanders(backbone));
    Table table = bare.head();
    long begin = System.nanoTime();
    try (Watcher.Watch watch = new TasktrailWatcher(backbone, scratch, storm).start()) {
      storm.one();
      patience.until("the first event", () -> watch.seen().execs() > 0);
      double started = (System.nanoTime() - begin) / 1e9;
      for (int stretch = 1; stretch <= STRETCHES; stretch++) {
        LOG.info("stretch {} of {}", stretch, STRETCHES);
        bare.watched(watch, patience, table);
      }
      double idle = idlePercent(watch, patience);
      return table
          .note("first event in the topic %.2f s after the loader began".formatted(started))
          .note("idle afterwards: %.2f %% of a core over %d s".formatted(idle, IDLE.toSeconds()));
    }
  }

  private Stretch bare(Storm storm, int pause, Bystanders bystanders) throws Exception {
    int count = Math.toIntExact(Math.max(1, rate * span.toSeconds() / STRETCHES));
    double before = bystanders.othersSeconds();
    double wall = storm.run(count, 1, pause);
    return new Stretch(storm, count, pause, bystanders, wall, bystanders.othersSeconds() - before);
  }

  /// A part of the whole time, and what it takes unwatched.
  private record Stretch(
      Storm storm, int count, int pause, Bystanders bystanders, double bareWall, double bareBusy) {

    Table head() {
      return new Table(
              "stretch",
              "programs/s",
              "× bare",
              "fork/exec/exit seen",
              "lost",
              "CPU µs/exec",
              "its own",
              "RssAnon MiB")
          .row("unwatched", rate(bareWall), "1.000", "", "", "(" + micros(bareBusy) + ")", "", "");
    }

    void watched(Watcher.Watch watch, Patience patience, Table table) throws Exception {
      Seen before = watch.seen();
      long lostBefore = watch.lost();
      double busyBefore = bystanders.othersSeconds();
      double ownBefore = watch.child().cpuSeconds();
      double wall = storm.run(count, 1, pause);
      patience.hasCome(() -> watch.seen().minus(before).isAll(count));
      double own = watch.child().cpuSeconds() - ownBefore;
      double busy = bystanders.othersSeconds() - busyBefore;
      table.row(
          "%.0f s".formatted(wall),
          rate(wall),
          "%.3f".formatted(wall / bareWall),
          watch.seen().minus(before).toString(),
          Long.toString(watch.lost() - lostBefore),
          micros(busy - bareBusy),
          micros(own),
          "%.0f".formatted(watch.child().memoryMib("RssAnon")));
    }

    private String rate(double wall) {
      return "%.0f".formatted(count / wall);
    }

    private String micros(double seconds) {
      return "%.1f".formatted(seconds * 1e6 / count);
    }
  }

  private static double idlePercent(Watcher.Watch watch, Patience patience) throws Exception {
    double before = watch.child().cpuSeconds();
    new Patience(patience.shutdown(), IDLE, IDLE.dividedBy(STRETCHES)).hasCome(() -> false);
    return (watch.child().cpuSeconds() - before) / IDLE.toSeconds() * 100;
  }
}
