package io.tasktrail.sink.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page for users and the role tell the same.
class SinkDocTest {

  private static final Path PAGE = Path.of("../docs/sink.md");
  private static final Pattern METRIC = Pattern.compile("(?m)^\\| `(tasktrail_[a-z_]+)");

  @Test
  void everyMetricIsExplainedAndNoOther() throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    WorkerFigures.register(registry, new WorkerMetrics(List::of), () -> Map.of("0", 1.0));

    assertThat(METRIC.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList())
        .containsExactlyInAnyOrderElementsOf(
            registry.scrape().stream().map(SinkDocTest::name).toList());
  }

  private static String name(MetricSnapshot metric) {
    String name = metric.getMetadata().getPrometheusName();
    return metric instanceof CounterSnapshot ? name + "_total" : name;
  }
}
