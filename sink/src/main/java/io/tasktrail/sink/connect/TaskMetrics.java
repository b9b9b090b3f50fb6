package io.tasktrail.sink.connect;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/// What a task tells of itself by Connect's metrics: in JMX as `kafka.connect:type=plugins` of
/// connector and task.
public enum TaskMetrics {
  /// Handed over by Connect.
  READ("records-read", "Records handed over by Connect.", Counters::read),
  /// At the destination for good.
  DELIVERED("records-delivered", "Records made durable at the destination.", Counters::delivered),
  /// Set aside.
  DEAD_LETTERS("records-dead-letter", "Records in the dead letters.", Counters::deadLetters),
  /// There already.
  SKIPPED("records-skipped", "Records that the destination had already.", Counters::skipped),
  /// To come again.
  REPEATED("records-repeated", "Records to be handed over once more.", Counters::repeated),
  /// At hand.
  UNSYNCED("records-unsynced", "Records that are not durable yet.", Counters::unsynced),
  /// Each followed by another attempt.
  FAILURES("failures", "Failures, each followed by another attempt.", Counters::failures);

  /// The name of the last failure's text; empty when nothing is wrong.
  public static final String FAILURE = "failure";

  private final String key;
  private final String help;
  private final Function<Counters, Long> figure;

  TaskMetrics(String key, String help, Function<Counters, Long> figure) {
    this.key = key;
    this.help = help;
    this.figure = figure;
  }

  /// Its name among Connect's metrics.
  public String key() {
    return key;
  }

  /// What it means.
  public String help() {
    return help;
  }

  static void register(
      PluginMetrics metrics, Supplier<Counters> counters, Supplier<Optional<String>> failure) {
    for (TaskMetrics each : values()) {
      metrics.addMetric(
          metrics.metricName(each.key, each.help, new LinkedHashMap<>()),
          (Gauge<Long>) (_, _) -> each.figure.apply(counters.get()));
    }
    metrics.addMetric(
        metrics.metricName(FAILURE, "Why nothing is delivered just now.", new LinkedHashMap<>()),
        (Gauge<String>) (_, _) -> failure.get().orElse(""));
  }
}
