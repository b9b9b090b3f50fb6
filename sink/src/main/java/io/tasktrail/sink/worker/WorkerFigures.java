package io.tasktrail.sink.worker;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.sink.connect.TaskMetrics;
import java.util.Map;
import java.util.function.Supplier;

/// The figures of a sink as Prometheus reads them, each as it is at the scrape.
final class WorkerFigures {

  private static final String OUTCOME = "outcome";

  private WorkerFigures() {}

  /// @param lag records still to be read, by partition
  static void register(
      PrometheusRegistry registry, WorkerMetrics metrics, Supplier<Map<String, Double>> lag) {
    CounterWithCallback.builder()
        .name("tasktrail_sink_records_read_total")
        .help(TaskMetrics.READ.help())
        .callback(told -> told.call(metrics.of(TaskMetrics.READ)))
        .register(registry);
    CounterWithCallback.builder()
        .name("tasktrail_sink_records_outcome_total")
        .help("What became of them.")
        .labelNames(OUTCOME)
        .callback(
            told -> {
              told.call(metrics.of(TaskMetrics.DELIVERED), "delivered");
              told.call(metrics.of(TaskMetrics.DEAD_LETTERS), "dead_letter");
              told.call(metrics.of(TaskMetrics.SKIPPED), "skipped");
              told.call(metrics.of(TaskMetrics.REPEATED), "repeated");
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("tasktrail_sink_unsynced_records")
        .help(TaskMetrics.UNSYNCED.help())
        .callback(told -> told.call(metrics.of(TaskMetrics.UNSYNCED)))
        .register(registry);
    CounterWithCallback.builder()
        .name("tasktrail_sink_failures_total")
        .help(TaskMetrics.FAILURES.help())
        .callback(told -> told.call(metrics.of(TaskMetrics.FAILURES)))
        .register(registry);
    CounterWithCallback.builder()
        .name("tasktrail_sink_records_overtaken_total")
        .help(TaskMetrics.OVERTAKEN.help())
        .callback(told -> told.call(metrics.of(TaskMetrics.OVERTAKEN)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("tasktrail_sink_failing")
        .help("1 while nothing is delivered because of a failure.")
        .callback(told -> told.call(metrics.failure().isPresent() ? 1 : 0))
        .register(registry);
    GaugeWithCallback.builder()
        .name("tasktrail_sink_lag_records")
        .help("Records that are still to be read.")
        .labelNames("partition")
        .callback(told -> lag.get().forEach((partition, records) -> told.call(records, partition)))
        .register(registry);
  }
}
