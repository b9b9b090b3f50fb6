package io.tasktrail.streams.fleet;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What became of each row of lineages, counted since this process began; each processing is
/// counted, as it is with events. Those of every outcome are there from the beginning, at 0.
public final class FleetCounters {

  private final Map<RowOutcome, CounterDataPoint> outcomes = new EnumMap<>(RowOutcome.class);
  private final CounterDataPoint forgotten;

  /// @param registry receives the metrics
  public FleetCounters(PrometheusRegistry registry) {
    Counter rows =
        Counter.builder()
            .name("tasktrail_lineage_rows_total")
            .help("Rows read from lineages, by what became of them.")
            .labelNames("outcome")
            .withoutExemplars()
            .register(registry);
    for (RowOutcome outcome : RowOutcome.values()) {
      outcomes.put(outcome, rows.labelValues(outcome.name().toLowerCase(Locale.ROOT)));
    }
    forgotten =
        Counter.builder()
            .name("tasktrail_lineages_forgotten_total")
            .help("Lineages of the fleet that were forgotten for want of room.")
            .withoutExemplars()
            .register(registry)
            .labelValues();
  }

  void count(RowOutcome outcome) {
    outcomes.get(outcome).inc();
  }

  void forgotten(long lineages) {
    forgotten.inc(lineages);
  }
}
