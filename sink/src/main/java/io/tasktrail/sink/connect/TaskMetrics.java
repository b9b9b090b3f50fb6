package io.tasktrail.sink.connect;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/// What a task tells of itself by Connect's metrics: in JMX as `kafka.connect:type=plugins` of
/// connector and task.
public enum TaskMetrics {
  /// Handed over by Connect.
  READ("records-read", "Records handed over by Connect."),
  /// At the destination for good.
  DELIVERED("records-delivered", "Records made durable at the destination."),
  /// Set aside.
  DEAD_LETTERS("records-dead-letter", "Records in the dead letters."),
  /// There already.
  SKIPPED("records-skipped", "Records that the destination had already."),
  /// To come again.
  REPEATED("records-repeated", "Records to be handed over once more."),
  /// At hand.
  UNSYNCED("records-unsynced", "Records that are not durable yet."),
  /// Each followed by another attempt.
  FAILURES("failures", "Failures, each followed by another attempt."),
  /// Lost to retention.
  OVERTAKEN("records-overtaken", "Records deleted from the topic before they were read.");

  /// The name of the last failure's text; empty when nothing is wrong.
  public static final String FAILURE = "failure";

  private final String key;
  private final String help;

  TaskMetrics(String key, String help) {
    this.key = key;
    this.help = help;
  }

  /// Its name among Connect's metrics.
  public String key() {
    return key;
  }

  /// What it means.
  public String help() {
    return help;
  }

  private long of(Counters so) {
    return switch (this) {
      case READ -> so.read();
      case DELIVERED -> so.delivered();
      case DEAD_LETTERS -> so.deadLetters();
      case SKIPPED -> so.skipped();
      case REPEATED -> so.repeated();
      case UNSYNCED -> so.unsynced();
      case FAILURES -> so.failures();
      case OVERTAKEN -> so.overtaken();
    };
  }

  static void register(
      PluginMetrics metrics, Supplier<Counters> counters, Supplier<Optional<String>> failure) {
    for (TaskMetrics each : values()) {
      metrics.addMetric(
          metrics.metricName(each.key, each.help, new LinkedHashMap<>()),
          (Gauge<Long>) (_, _) -> each.of(counters.get()));
    }
    metrics.addMetric(
        metrics.metricName(FAILURE, "Why nothing is delivered just now.", new LinkedHashMap<>()),
        (Gauge<String>) (_, _) -> failure.get().orElse(""));
  }
}
