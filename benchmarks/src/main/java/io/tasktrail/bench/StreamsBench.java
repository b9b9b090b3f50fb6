package io.tasktrail.bench;

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

/// Events a second from task-events to audit-events: the topology, and what the same work costs
/// without Kafka Streams. The broker runs in a JVM of its own; the first round warms this one.
///
/// @param count events
record StreamsBench(int count, int rounds) {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsBench.class);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(10);

  Table run(Shutdown shutdown) throws Exception {
    Scratch scratch = shutdown.closing(Scratch.make());
    Backbone backbone = shutdown.closing(Backbone.start(scratch));
    backbone.create(Topics.TASK_EVENTS, Stock.PARTITIONS);
    LOG.info("producing {} events", count);
    Stock stock = Stock.of(count, backbone);
    stock.produce(backbone);
    Map<Work, List<Work.Cost>> costs = new LinkedHashMap<>();
    for (Work work : works(stock, backbone, scratch, new Patience(shutdown, LIMIT, LOOK))) {
      costs.put(work, new ArrayList<>());
    }
    for (int round = 0; round <= rounds; round++) {
      LOG.info(round == 0 ? "warming up" : "round " + round + " of " + rounds);
      measure(costs, round > 0);
    }
    return table(stock, costs);
  }

  private static List<Work> works(
      Stock stock, Backbone backbone, Scratch scratch, Patience patience) {
    return List.of(
        new CopyWork(stock, backbone, stock.typicalHistory(backbone)),
        new FoldWork(stock, backbone),
        new TopologyWork("exactly_once_v2", 100, stock, backbone, scratch, patience),
        new TopologyWork("at_least_once", 1000, stock, backbone, scratch, patience));
  }

  private static void measure(Map<Work, List<Work.Cost>> costs, boolean counts) throws Exception {
    for (var each : costs.entrySet()) {
      Work.Cost cost = each.getKey().once();
      LOG.info("{}: {} events/s", each.getKey().name(), Math.round(cost.eventsPerSecond()));
      if (counts) {
        each.getValue().add(cost);
      }
    }
  }

  private Table table(Stock stock, Map<Work, List<Work.Cost>> costs) {
    Table table =
        new Table("one thread", "events/s", "least", "most", "CPU s/M events", "broker CPU s/M");
    costs.forEach((work, measured) -> table.row(row(work, measured)));
    return table.note(
        "%,d events of %.0f bytes, %d hosts, %d partitions; medians of %d warm rounds"
            .formatted(count, stock.meanBytes(), Stock.HOSTS, Stock.PARTITIONS, rounds));
  }

  private static String[] row(Work work, List<Work.Cost> costs) {
    Sample rate = Sample.of(costs, Work.Cost::eventsPerSecond);
    return new String[] {
      work.name(),
      "%,.0f".formatted(rate.median()),
      "%,.0f".formatted(rate.min()),
      "%,.0f".formatted(rate.max()),
      "%.1f".formatted(median(costs, Work.Cost::cpuSecondsPerMillion)),
      "%.1f".formatted(median(costs, Work.Cost::brokerCpuSecondsPerMillion))
    };
  }

  private static double median(List<Work.Cost> costs, ToDoubleFunction<Work.Cost> value) {
    return Sample.of(costs, value).median();
  }
}
