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

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int LOOKS_MAX = 25;

  /// How long a watcher may lag behind the storm.
  private static final Duration LAG = Duration.ofSeconds(20);

  /// A storm and what came of it.
  ///
  /// @param took by the storm
  /// @param ownSeconds CPU time of the watcher, until all was seen
  private record Round(
      Storm.Took took,
      double ownSeconds,
      Seen seen,
      long lost,
      double rssAnonMib) {

    double wallSeconds() {
      return took.wallSeconds();
    }

    /// CPU time of the storm and of the watcher.
    double cpuSeconds() {
      return took.cpuSeconds() + ownSeconds;
    }
  }

  Table run(Shutdown shutdown) throws Exception {
    Machine.requireCapture();
    Scratch scratch = shutdown.closing(Scratch.make());
    Storm storm = Storm.compile(scratch);
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    backbone.create(Topics.TASK_EVENTS, 1);
    Patience patience = Patience.of(shutdown);
    List<Watcher> watchers = watchers(backbone, scratch, storm, patience);
    List<Round> bare = new ArrayList<>();
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
    for (Watcher other :
        List.of(
            new AuditWatcher(scratch, storm, false),
            new AuditWatcher(scratch, storm, true),
            LineWatcher.bpftrace(scratch),
            LineWatcher.forkstat(scratch))) {
      if (works(other, storm, patience)) {
        watchers.add(other);
      }
    }
    return watchers;
  }

  private static boolean works(Watcher other, Storm storm, Patience patience) throws Exception {
    for (String program : other.needs()) {
      if (!Machine.has(program)) {
        LOG.info("left out: {}: {} is not installed", other.name(), program);
        return false;
      }
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

  private static boolean seesOne(Watcher.Watch watch, Storm storm) throws Exception {
    watch.child().requireAlive();
    storm.one();
    return watch.seen().execs() > 0;
  }

  private Round bare(Storm storm) throws Exception {
    var _ = storm.run(count, WORKERS, 0);
    return new Round(storm.run(count, WORKERS, 0), 0, Seen.NONE, 0, 0);
  }

  private Round measure(Watcher watcher, Storm storm, Patience patience) throws Exception {
    LOG.info("{}", watcher.name());
    try (Watcher.Watch watch = started(watcher, storm, patience)) {
      Patience lag = new Patience(patience.shutdown(), LAG, patience.look());
      var _ = watched(watch, storm, lag);
      return watched(watch, storm, lag);
    }
  }

  private Round watched(Watcher.Watch watch, Storm storm, Patience lag) throws Exception {
    Seen before = settled(watch);
    long lostBefore = watch.lost();
    double ownBefore = watch.cpuSeconds();
    Storm.Took took = storm.run(count, WORKERS, 0);
    lag.hasCome(() -> watch.seen().minus(before).isAll(count));
    double own = watch.cpuSeconds() - ownBefore;
    Seen seen = settled(watch).minus(before);
    return new Round(
        took, own, seen, watch.lost() - lostBefore, watch.child().memoryMib("RssAnon"));
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

  private Table table(List<Round> bare, Map<String, List<Round>> watched) {
    double bareSeconds = median(bare, Round::wallSeconds);
    double bareCpu = median(bare, Round::cpuSeconds);
    Table table =
        new Table(
            "watcher",
            "fork/exec/exit seen",
            "lost",
            "CPU µs/exec",
            "its own",
            "RssAnon MiB",
            "storm s",
            "× bare");
    table.row(
        "none",
        "",
        "",
        "(%.0f)".formatted(bareCpu * 1e6 / count),
        "",
        "",
        "%.2f".formatted(bareSeconds),
        "1.00");
    watched.forEach((name, rounds) -> table.row(row(name, rounds, bareSeconds, bareCpu)));
    return table
        .note(
            "storm: %,d programs by %d workers; medians of %d rounds"
                .formatted(count, WORKERS, rounds))
        .note(
            "CPU: what fork, exec and exit of one program cost more than unwatched (in brackets:"
                + " that): of the storm's processes, the kernel's work for them included, and of the"
                + " watcher's, kauditd among them, until all was seen; without the broker. Its own: of"
                + " it the watcher's");
  }

  private String[] row(String name, List<Round> rounds, double bareSeconds, double bareCpu) {
    double wall = median(rounds, Round::wallSeconds);
    return new String[] {
      name,
      rounds.stream().map(round -> round.seen().toString()).distinct().collect(joining(" ")),
      Long.toString(rounds.stream().mapToLong(Round::lost).sum()),
      "%.1f".formatted((median(rounds, Round::cpuSeconds) - bareCpu) * 1e6 / count),
      "%.1f".formatted(median(rounds, Round::ownSeconds) * 1e6 / count),
      "%.0f".formatted(median(rounds, Round::rssAnonMib)),
      "%.2f".formatted(wall),
      "%.2f".formatted(wall / bareSeconds)
    };
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Sample.of(rounds, value).median();
  }
}
