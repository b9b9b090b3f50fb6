package io.tasktrail.streams.health;

import static java.util.stream.Collectors.toMap;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.streams.fold.TaskCount;
import io.tasktrail.wire.Topics;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;

/// What Kafka Streams knows of itself, read at each scrape. Kafka's several hundred other metrics
/// are in JMX.
public final class StreamsFigures {

  private static final String LAG = "records-lag";
  private static final String THREADS = "alive-stream-threads";
  private static final String PARTITION = "partition";

  private final KafkaStreams streams;

  private StreamsFigures(KafkaStreams streams) {
    this.streams = streams;
  }

  /// Adds the figures of a Kafka Streams to those of the role.
  public static void register(
      KafkaStreams streams, Restoration restoration, PrometheusRegistry registry) {
    StreamsFigures figures = new StreamsFigures(streams);
    gauge(registry, "tasktrail_state", "1 for the state of the role.", figures::state, "state");
    gauge(registry, "tasktrail_threads", "Stream threads that live.", figures::threads);
    gauge(registry, "tasktrail_live_tasks", "Tasks that are remembered.", figures::tasks);
    gauge(
        registry,
        "tasktrail_lag_records",
        "Records of task-events that are still to be read.",
        figures::lag,
        PARTITION);
    gauge(
        registry,
        "tasktrail_restore_remaining_records",
        "Offsets of state that are still to be read back.",
        told -> remaining(restoration, told),
        "store",
        PARTITION);
  }

  private static void gauge(
      PrometheusRegistry registry,
      String name,
      String help,
      Consumer<GaugeWithCallback.Callback> reading,
      String... labels) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .callback(reading)
        .register(registry);
  }

  private void state(GaugeWithCallback.Callback told) {
    State now = streams.state();
    for (State state : State.values()) {
      told.call(state == now ? 1 : 0, state.name());
    }
  }

  private void threads(GaugeWithCallback.Callback told) {
    streams.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(THREADS))
        .forEach(metric -> told.call(number(metric)));
  }

  private void tasks(GaugeWithCallback.Callback told) {
    TaskCount.of(streams).ifPresent(count -> told.call((double) count));
  }

  /// The consumer of a thread that died tells its last figures until it is gone, beside the one
  /// that took over: the larger counts.
  private void lag(GaugeWithCallback.Callback told) {
    Map<String, Double> byPartition =
        streams.metrics().values().stream()
            .filter(metric -> isLag(metric.metricName()))
            .filter(metric -> !Double.isNaN(number(metric)))
            .collect(
                toMap(
                    metric -> metric.metricName().tags().get(PARTITION),
                    StreamsFigures::number,
                    Math::max));
    byPartition.forEach((partition, lag) -> told.call(lag, partition));
  }

  private static boolean isLag(MetricName name) {
    return name.name().equals(LAG) && Topics.TASK_EVENTS.equals(name.tags().get("topic"));
  }

  private static double number(Metric metric) {
    return ((Number) metric.metricValue()).doubleValue();
  }

  private static void remaining(Restoration restoration, GaugeWithCallback.Callback told) {
    for (Restoration.Progress part : restoration.progress()) {
      told.call(
          (double) (part.toRestore() - part.restored()),
          part.store(),
          Integer.toString(part.partition()));
    }
  }
}
