package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.bench.streams.StreamsOptions.Section;
import io.tasktrail.role.Shutdown;
import java.util.function.Consumer;

/// What the topology costs: each section of the report, and what of it is a goal.
public final class StreamsBench {

  private final StreamsOptions options;
  private final int rounds;

  /// A run of it.
  ///
  /// @param rounds whose medians are shown
  public StreamsBench(StreamsOptions options, int rounds) {
    this.options = options;
    this.rounds = rounds;
  }

  /// Correctness comes first: a wrong topology is not measured.
  ///
  /// @param report is given each table of the report as soon as it is there
  public void run(Shutdown shutdown, Consumer<Table> report) throws Exception {
    Scratch scratch = shutdown.closing(Scratch.make());
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    Stand stand = new Stand(backbone, scratch, options, rounds);
    Scorecard scorecard = new Scorecard();
    report.accept(new Correctness(stand).check());
    if (options.has(Section.THROUGHPUT)) {
      report.accept(new Throughput(stand, scorecard).measure());
    }
    if (options.has(Section.LATENCY)) {
      report.accept(new Latency(stand, scorecard).measure());
    }
    if (options.has(Section.FOOTPRINT)) {
      report.accept(new Footprint(stand, scorecard).measure());
    }
    if (!scorecard.isEmpty()) {
      report.accept(scorecard.table());
    }
  }
}
