package io.tasktrail.bench;

import static java.util.stream.Collectors.joining;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Machine;
import io.tasktrail.bench.stand.Patience;
import io.tasktrail.bench.stand.Sample;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What it costs to watch a storm of short programs. In each round each watcher is started anew and
/// warmed by a storm before the one that is measured.
///
/// @param count programs of a storm
record AgentBench(int count, int rounds) {

  private static final Logger LOG = LoggerFactory.getLogger(AgentBench.class);
  private static final int WORKERS = 2;
  private static final int EVENTS_A_PROGRAM = 3;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int LOOKS_MAX = 25;

  /// How long a watcher may lag behind the storm.
  private static final Duration LAG = Duration.ofSeconds(20);

  /// One storm, watched.
  private record Round(
      double wallSeconds, Seen seen, double cpuMicrosAnEvent, double rssAnonMib, double peakMib) {}

  Table run(Shutdown shutdown) throws Exception {
    Machine.requireCapture();
    Scratch scratch = shutdown.closing(Scratch.make());
    Storm storm = Storm.compile(scratch);
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    backbone.create(Topics.TASK_EVENTS, 1);
    Patience patience = Patience.of(shutdown);
    List<Watcher> watchers = watchers(backbone, scratch, storm, patience);
    List<Double> bare = new ArrayList<>();
    Map<String, List<Round>> watched = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      LOG.info("round {} of {}", round, rounds);
      bare.add(bare(storm));
      for (Watcher watcher : watchers) {
        Round measured = measure(watcher, storm, patience);
        watched.computeIfAbsent(watcher.name(), _ -> new ArrayList<>()).add(measured);
      }
    }
    return table(bare, watched);
  }

  private static List<Watcher> watchers(
      Backbone backbone, Scratch scratch, Storm storm, Patience patience) throws Exception {
    List<Watcher> watchers = new ArrayList<>();
    watchers.add(new TasktrailWatcher(backbone, scratch, storm));
    for (LineWatcher other :
        List.of(LineWatcher.bpftrace(scratch), LineWatcher.forkstat(scratch))) {
      if (works(other, storm, patience)) {
        watchers.add(other);
      }
    }
    return watchers;
  }

  private static boolean works(LineWatcher other, Storm storm, Patience patience) throws Exception {
    if (!Machine.has(other.command().getFirst())) {
      LOG.info("left out: {} is not installed", other.name());
      return false;
    }
    try (Watcher.Watch watch = started(other, storm, patience)) {
      return watch.child().process().isAlive();
    } catch (Failure failure) {
      LOG.info("left out: {}: {}", other.name(), failure.getMessage());
      return false;
    }
  }

  private static Watcher.Watch started(Watcher watcher, Storm storm, Patience patience)
      throws Exception {
    Watcher.Watch watch = watcher.start();
    try {
      patience.until(watcher.name() + " sees nothing", () -> seesOne(watch, storm));
      return watch;
    } catch (Exception failure) {
      watch.close();
      throw failure;
    }
  }

  private double bare(Storm storm) throws Exception {
    storm.run(count, WORKERS, 0);
    return storm.run(count, WORKERS, 0);
  }

  private Round measure(Watcher watcher, Storm storm, Patience patience) throws Exception {
    LOG.info("{}", watcher.name());
    try (Watcher.Watch watch = started(watcher, storm, patience)) {
      Patience lag = new Patience(patience.shutdown(), LAG, patience.look());
      watched(watch, storm, lag);
      return watched(watch, storm, lag);
    }
  }

  private static boolean seesOne(Watcher.Watch watch, Storm storm) throws Exception {
    watch.child().requireAlive();
    storm.one();
    return watch.seen().execs() > 0;
  }

  private Round watched(Watcher.Watch watch, Storm storm, Patience lag) throws Exception {
    Seen before = settled(watch);
    double cpuBefore = watch.child().cpuSeconds();
    double wall = storm.run(count, WORKERS, 0);
    lag.hasCome(() -> watch.seen().minus(before).isAll(count));
    double cpu = watch.child().cpuSeconds() - cpuBefore;
    return new Round(
        wall,
        settled(watch).minus(before),
        cpu * 1e6 / count / EVENTS_A_PROGRAM,
        watch.child().memoryMib("RssAnon"),
        watch.child().memoryMib("VmHWM"));
  }

  /// What was seen, once nothing more comes.
  private static Seen settled(Watcher.Watch watch) throws Exception {
    Seen before = null;
    Seen now = watch.seen();
    for (int look = 0; look < LOOKS_MAX && !now.equals(before); look++) {
      before = now;
      Thread.sleep(BETWEEN_LOOKS);
      now = watch.seen();
    }
    return now;
  }

  private Table table(List<Double> bare, Map<String, List<Round>> watched) {
    double bareSeconds = Sample.of(bare, wall -> wall).median();
    Table table =
        new Table(
            "watcher",
            "fork/exec/exit seen",
            "lost",
            "CPU µs/event",
            "RssAnon MiB",
            "peak RSS MiB",
            "storm s",
            "× bare");
    table.row("none", "", "", "", "", "", "%.2f".formatted(bareSeconds), "1.00");
    watched.forEach((name, rounds) -> table.row(row(name, rounds, bareSeconds)));
    return table
        .note(
            "storm: %,d programs by %d workers; medians of %d rounds"
                .formatted(count, WORKERS, rounds))
        .note(
            "event: a fork, exec or exit of the storm, seen or not; CPU: that of the watcher's process");
  }

  private static String[] row(String name, List<Round> rounds, double bareSeconds) {
    double wall = median(rounds, Round::wallSeconds);
    return new String[] {
      name,
      rounds.stream().map(round -> round.seen().toString()).distinct().collect(joining(" ")),
      Long.toString(rounds.stream().mapToLong(round -> round.seen().lost()).sum()),
      "%.1f".formatted(median(rounds, Round::cpuMicrosAnEvent)),
      "%.0f".formatted(median(rounds, Round::rssAnonMib)),
      "%.0f".formatted(median(rounds, Round::peakMib)),
      "%.2f".formatted(wall),
      "%.2f".formatted(wall / bareSeconds)
    };
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Sample.of(rounds, value).median();
  }
}
