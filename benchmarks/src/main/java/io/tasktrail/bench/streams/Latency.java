package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Sample;
import io.tasktrail.bench.stand.Table;
import io.tasktrail.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From the moment in which an event is sent to the one in which a consumer sees it enriched and
/// committed, under an even load; beside it the way through the same broker alone.
record Latency(Stand stand, Scorecard scorecard) {

  private static final Logger LOG = LoggerFactory.getLogger(Latency.class);
  private static final String STRAIGHT = "tasktrail-bench-straight";
  private static final Duration WARM = Duration.ofSeconds(10);
  private static final Duration MEASURED = Duration.ofSeconds(20);

  /// How long after the load the last event may be seen.
  private static final Duration LATE = Duration.ofSeconds(60);

  /// What the topology has folded before, as fast as it can.
  private static final int FOLDED_BEFORE = 300_000;

  private static final int SLOW = 1_000;
  private static final int FAST = 20_000;

  private static final Map<RoleVariant, Map<Integer, Goal>> GOALS =
      Map.of(
          RoleVariant.AT_LEAST_ONCE,
          Map.of(SLOW, Goal.SLOW_AT_LEAST_ONCE, FAST, Goal.FAST_AT_LEAST_ONCE),
          RoleVariant.EXACTLY_ONCE,
          Map.of(SLOW, Goal.SLOW_EXACTLY_ONCE, FAST, Goal.FAST_EXACTLY_ONCE));

  Table measure() throws Exception {
    Table table = new Table("latency, ms", "events/s", "p50", "p99", "max");
    straight(table);
    for (RoleVariant variant : GOALS.keySet().stream().sorted().toList()) {
      if (stand.options().has(variant)) {
        through(variant, table);
      }
    }
    return table.note(
        "send → seen by a read_committed consumer; %d s after %d s of the same load, all events"
            .formatted(MEASURED.toSeconds(), WARM.toSeconds()));
  }

  private void straight(Table table) throws Exception {
    List<Host> hosts = hosts();
    stand.backbone().create(STRAIGHT, Stock.PARTITIONS);
    for (int rate : List.of(SLOW, FAST)) {
      Sample millis = millis(hosts, rate, STRAIGHT, STRAIGHT);
      table.row(row("produce → consume, no topology", rate, millis));
    }
    stand.outputs().deleteWithStock();
  }

  private void through(RoleVariant variant, Table table) throws Exception {
    Backbone backbone = stand.backbone();
    List<Host> hosts = hosts();
    Stock before = Stock.produce(hosts, FOLDED_BEFORE, backbone, _ -> {});
    String name = "latency-" + variant.name().toLowerCase(Locale.ROOT);
    try (TopologyJvm app = stand.topology(name)) {
      app.run(variant.settings(backbone, stand.scratch()));
      app.process(before.count());
      for (int rate : List.of(SLOW, FAST)) {
        Sample millis = millis(hosts, rate, Topics.TASK_EVENTS, Topics.AUDIT_EVENTS);
        table.row(row("topology: " + variant.title(), rate, millis));
        scorecard.measured(GOALS.get(variant).get(rate), millis.percentile(99));
      }
      app.stop();
    }
    stand.outputs().deleteWithStock();
  }

  private Sample millis(List<Host> hosts, int rate, String to, String from) throws Exception {
    LOG.info("latency: {} events/s, {} → {}", rate, to, from);
    Load load = Load.of(hosts, rate, WARM, MEASURED, to, stand.backbone());
    Stamps stamps = new Stamps(load.items());
    Duration atMost = WARM.plus(MEASURED).plus(LATE);
    int count = load.items().size();
    try (ExecutorService watching = Executors.newSingleThreadExecutor();
        Arrivals arrivals = new Arrivals(from, stand.backbone(), stamps, count, atMost)) {
      Future<Integer> seen = watching.submit(arrivals);
      load.send(stand.backbone(), stamps);
      LOG.info("latency: seen {} of {}", seen.get(), count);
    }
    return stamps.millis(load.warming());
  }

  private static List<Host> hosts() {
    return Stock.busyHosts(FOLDED_BEFORE);
  }

  private static String[] row(String name, int rate, Sample millis) {
    return new String[] {
      name,
      "%,d".formatted(rate),
      "%.0f".formatted(millis.median()),
      "%.0f".formatted(millis.percentile(99)),
      "%.0f".formatted(millis.max())
    };
  }
}
