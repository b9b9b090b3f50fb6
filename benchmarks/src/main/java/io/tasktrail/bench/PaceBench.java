package io.tasktrail.bench;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Machine;
import io.tasktrail.bench.stand.Patience;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.List;
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
  private static final Duration IDLE = Duration.ofMinutes(1);

  /// What was captured before is published by then.
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /// Its programs are started and counted as the machine's.
  private static final String NO_CANARY = "canary.interval=0s";

  /// What starting a program and waiting for it takes by itself.
  private static int pauseMicros(Storm storm, int rate) throws Exception {
    double each = storm.run(CALIBRATION, 1, 0).wallSeconds() * 1e6 / CALIBRATION;
    return Math.max(1, (int) (1e6 / rate - each));
  }

  Table run(Shutdown shutdown) throws Exception {
    Machine.requireCapture();
    Scratch scratch = shutdown.closing(Scratch.make());
    Storm storm = Storm.compile(scratch);
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    backbone.create(Topics.TASK_EVENTS, 1);
    Patience patience = Patience.of(shutdown);
    Stretch bare = bare(storm, pauseMicros(storm, rate));
    Table table = bare.head();
    try (TasktrailWatcher.AtWork watch =
        new TasktrailWatcher(backbone, scratch, storm, List.of(NO_CANARY)).start()) {
      storm.one();
      patience.until("the first event", () -> watch.seen().execs() > 0);
      double started = watch.seconds();
      for (int stretch = 1; stretch <= STRETCHES; stretch++) {
        LOG.info("stretch {} of {}", stretch, STRETCHES);
        bare.watched(watch, patience, table);
      }
      LOG.info("at rest");
      double idle = idlePercent(watch, patience);
      return table
          .note("first event in the topic %.2f s after the agent was started".formatted(started))
          .note(
              "at rest afterwards, its programs detached, so that no event is in it: %.3f %% of a"
                  .formatted(idle)
                  + " core over %d s".formatted(IDLE.toSeconds()))
          .note(
              "CPU: what one program costs more than unwatched (in brackets: that): of its own"
                  + " processes, the kernel's work for them included, and of the agent");
    }
  }

  private Stretch bare(Storm storm, int pause) throws Exception {
    int count = Math.toIntExact(Math.max(1, rate * span.toSeconds() / STRETCHES));
    return new Stretch(storm, count, pause, storm.run(count, 1, pause));
  }

  /// A part of the whole time, and what it takes unwatched.
  private record Stretch(Storm storm, int count, int pause, Storm.Took bare) {

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
          .row("unwatched", rate(bare), "1.000", "", "", "(" + micros(bare.cpuSeconds()) + ")", "", "");
    }

    void watched(Watcher.Watch watch, Patience patience, Table table) throws Exception {
      Seen before = watch.seen();
      long lostBefore = watch.lost();
      double ownBefore = watch.cpuSeconds();
      Storm.Took took = storm.run(count, 1, pause);
      patience.hasCome(() -> watch.seen().minus(before).isAll(count));
      double own = watch.cpuSeconds() - ownBefore;
      table.row(
          "%.0f s".formatted(took.wallSeconds()),
          rate(took),
          "%.3f".formatted(took.wallSeconds() / bare.wallSeconds()),
          watch.seen().minus(before).toString(),
          Long.toString(watch.lost() - lostBefore),
          micros(took.cpuSeconds() + own - bare.cpuSeconds()),
          micros(own),
          "%.0f".formatted(watch.child().memoryMib("RssAnon")));
    }

    private String rate(Storm.Took took) {
      return "%.0f".formatted(count / took.wallSeconds());
    }

    private String micros(double seconds) {
      return "%.1f".formatted(seconds * 1e6 / count);
    }
  }

  private static double idlePercent(TasktrailWatcher.AtWork watch, Patience patience)
      throws Exception {
    watch.detach();
    Patience settling = new Patience(patience.shutdown(), SETTLING, SETTLING);
    var _ = settling.hasCome(() -> false);
    double before = watch.cpuSeconds();
    long begin = System.nanoTime();
    Patience idle = new Patience(patience.shutdown(), IDLE, IDLE.dividedBy(STRETCHES));
    var _ = idle.hasCome(() -> false);
    return (watch.cpuSeconds() - before) * 1e9 / (System.nanoTime() - begin) * 100;
  }
}
