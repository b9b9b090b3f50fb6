package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.bench.streams.StreamsOptions.Section;
import io.tasktrail.role.Shutdown;
import java.util.ArrayList;
import java.util.List;

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

  /// The tables of the report. Correctness comes first: a wrong topology is not measured.
  public List<Table> run(Shutdown shutdown) throws Exception {
    Scratch scratch = shutdown.closing(Scratch.make());
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    Stand stand = new Stand(backbone, scratch, options, rounds);
    Scorecard scorecard = new Scorecard();
    List<Table> report = new ArrayList<>();
    report.add(new Correctness(stand).check());
    if (options.has(Section.THROUGHPUT)) {
      report.add(new Throughput(stand, scorecard).measure());
    }
    if (options.has(Section.LATENCY)) {
      report.add(new Latency(stand, scorecard).measure());
    }
    if (options.has(Section.FOOTPRINT)) {
      report.add(new Footprint(stand, scorecard).measure());
    }
    report.add(scorecard.table());
    return report;
  }
}
