package io.tasktrail.sink.worker;

import io.tasktrail.sink.connect.TaskMetrics;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;

/// What tasks tell by Connect's metrics, all tasks of the worker together.
final class WorkerMetrics {

  private static final String GROUP = "plugins";

  private final Supplier<? extends Collection<? extends Metric>> all;

  /// @param all metrics of a worker
  WorkerMetrics(Supplier<? extends Collection<? extends Metric>> all) {
    this.all = all;
  }

  /// A figure of now.
  double of(TaskMetrics figure) {
    return named(figure.key()).stream()
        .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
        .sum();
  }

  /// Why nothing is delivered just now; empty when nothing is wrong.
  Optional<String> failure() {
    return named(TaskMetrics.FAILURE).stream()
        .map(metric -> metric.metricValue().toString())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private List<? extends Metric> named(String name) {
    return all.get().stream()
        .filter(metric -> metric.metricName().group().equals(GROUP))
        .filter(metric -> metric.metricName().name().equals(name))
        .toList();
  }
}
