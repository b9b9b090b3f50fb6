package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Sample;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events a second, and what they cost, from task-events to audit-events. The yardsticks run before
/// and after all else: what lies between them is what the machine was doing besides.
final class Throughput {

  private static final Logger LOG = LoggerFactory.getLogger(Throughput.class);

  private final Stand stand;
  private final Scorecard scorecard;
  private final List<Rounds> measured = new ArrayList<>();
  private final Map<RoleVariant, Rounds> variants = new EnumMap<>(RoleVariant.class);

  Throughput(Stand stand, Scorecard scorecard) {
    this.stand = stand;
    this.scorecard = scorecard;
  }

  Table measure() throws Exception {
    int events = stand.options().events();
    LOG.info("producing {} events", events);
    AtomicLong expected = new AtomicLong();
    Fleet fleet = new Fleet(new Fold(FoldLimits.DEFAULT));
    Stock stock =
        Stock.produce(
            Stock.busyHosts(events),
            events,
            stand.backbone(),
            event -> expected.addAndGet(fleet.apply(event).size()));
    LOG.info("produced {}", stock);
    Rounds before = work(WorkKind.COPY, "before", stock);
    work(WorkKind.PASS, "before", stock);
    work(WorkKind.CONFLUENT, "", stock);
    Rounds fold = work(WorkKind.FOLD, "", stock);
    for (RoleVariant variant : RoleVariant.values()) {
      topology(variant, stock, expected.get());
    }
    work(WorkKind.PASS, "after", stock);
    Rounds after = work(WorkKind.COPY, "after", stock);
    stand.outputs().deleteWithStock();
    double yardstick =
        (before.median(Cost::eventsPerSecond) + after.median(Cost::eventsPerSecond)) / 2;
    scorecard.measured(Goal.FOLD, fold.median(Cost::eventsPerSecond));
    scores(yardstick).forEach(this::score);
    return table(stock, yardstick);
  }

  private Rounds work(WorkKind kind, String when, Stock stock) throws Exception {
    try (Contestant contestant = WorkContestant.start(kind, stand.backbone())) {
      Rounds rounds =
          Rounds.of((kind.title() + " " + when).strip(), contestant, stock, stand.rounds());
      measured.add(rounds);
      return rounds;
    }
  }

  private void topology(RoleVariant variant, Stock stock, long expected) throws Exception {
    if (!stand.options().has(variant) || !variant.exists()) {
      return;
    }
    TopologyJvm app = stand.topology(variant.name().toLowerCase(Locale.ROOT));
    try (Contestant contestant = new TopologyContestant(variant, app, stand.scratch(), expected)) {
      Rounds rounds = Rounds.of("topology: " + variant.title(), contestant, stock, stand.rounds());
      measured.add(rounds);
      variants.put(variant, rounds);
    }
  }

  /// What a variant is to reach.
  private record Score(Goal goal, RoleVariant variant, ToDoubleFunction<Cost> figure) {}

  private static List<Score> scores(double yardstick) {
    ToDoubleFunction<Cost> ratio = cost -> cost.eventsPerSecond() / yardstick;
    ToDoubleFunction<Cost> cpu = Cost::appCpuSecondsPerMillion;
    ToDoubleFunction<Cost> changelog = Cost::changelogRecords;
    return List.of(
        new Score(Goal.AT_LEAST_ONCE, RoleVariant.AT_LEAST_ONCE, ratio),
        new Score(Goal.EXACTLY_ONCE, RoleVariant.EXACTLY_ONCE, ratio),
        new Score(Goal.ROCKSDB, RoleVariant.ROCKSDB, ratio),
        new Score(Goal.CPU_AT_LEAST_ONCE, RoleVariant.AT_LEAST_ONCE, cpu),
        new Score(Goal.CPU_EXACTLY_ONCE, RoleVariant.EXACTLY_ONCE, cpu),
        new Score(Goal.CHANGELOG_AT_LEAST_ONCE, RoleVariant.AT_LEAST_ONCE, changelog),
        new Score(Goal.CHANGELOG_EXACTLY_ONCE, RoleVariant.EXACTLY_ONCE, changelog));
  }

  private void score(Score score) {
    Rounds rounds = variants.get(score.variant());
    if (rounds != null) {
      scorecard.measured(score.goal(), rounds.median(score.figure()));
    } else if (!score.variant().exists()) {
      scorecard.missed(score.goal(), "no such setting");
    }
  }

  private Table table(Stock stock, double yardstick) {
    Table table =
        new Table(
            "throughput, one thread",
            "events/s",
            "least",
            "most",
            "× D+E",
            "app CPU s/M",
            "broker CPU s/M",
            "changelog/event",
            "rounds");
    measured.forEach(rounds -> table.row(row(rounds, yardstick)));
    return table
        .note(stock.toString())
        .note("medians of warm rounds, each in a JVM of its own; × D+E: of the mean of both D+E");
  }

  private static String[] row(Rounds rounds, double yardstick) {
    Sample rate = rounds.sample(Cost::eventsPerSecond);
    return new String[] {
      rounds.name(),
      "%,.0f".formatted(rate.median()),
      "%,.0f".formatted(rate.min()),
      "%,.0f".formatted(rate.max()),
      "%.2f".formatted(rate.median() / yardstick),
      "%.1f".formatted(rounds.median(Cost::appCpuSecondsPerMillion)),
      "%.1f".formatted(rounds.median(Cost::brokerCpuSecondsPerMillion)),
      "%.2f".formatted(rounds.median(Cost::changelogRecords)),
      Integer.toString(rounds.costs().size())
    };
  }
}
