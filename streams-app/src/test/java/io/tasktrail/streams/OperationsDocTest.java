package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.streams.balance.PrometheusCounters;
import io.tasktrail.streams.fleet.FleetCounters;
import io.tasktrail.streams.health.Restoration;
import io.tasktrail.streams.health.StreamsFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page for operators and the role tell the same.
final class OperationsDocTest {

  private static final Path PAGE = Path.of("../docs/operations.md");
  private static final Pattern METRIC = Pattern.compile("(?m)^\\| `(tasktrail_[a-z_]+)");
  private static final Pattern DEFAULT = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| `([^`]+)`");

  @TempDir private Path directory;

  @Test
  void everyMetricIsExplainedAndNoOther() throws IOException {
    assertThat(found(METRIC).map(row -> row.group(1)).toList())
        .containsExactlyInAnyOrderElementsOf(metrics());
  }

  @Test
  void defaultsAreTheTrueOnes() throws IOException {
    Map<String, String> told =
        found(DEFAULT).collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    told.remove("num.standby.replicas");

    assertThat(told).hasSizeGreaterThan(5);
    assertThat(defaults()).containsAllEntriesOf(told);
  }

  private static Stream<MatchResult> found(Pattern row) throws IOException {
    return row.matcher(Files.readString(PAGE)).results();
  }

  private static Map<String, String> defaults() {
    return StreamsSettings.declared().own().stream()
        .collect(Collectors.toMap(one -> one.key(), one -> one.fallback().orElseThrow()));
  }

  /// All that a role would tell, before it has begun.
  private Set<String> metrics() {
    PrometheusRegistry registry = new PrometheusRegistry();
    FoldCounters counters = new PrometheusCounters(registry);
    FleetCounters fleet = new FleetCounters(registry);
    Restoration restoration = new Restoration(registry);
    try (KafkaStreams streams = notStarted(counters, fleet)) {
      StreamsFigures.register(streams, restoration, registry);
      Set<String> names =
          registry.scrape().stream().map(OperationsDocTest::name).collect(Collectors.toSet());
      streams.close(Duration.ZERO);
      return names;
    }
  }

  private KafkaStreams notStarted(FoldCounters counters, FleetCounters fleet) {
    StreamsSettings settings =
        StreamsSettings.of(
            Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "schema.registry.url", "mock://operations",
                "state.dir", directory.toString()));
    Properties configuration = settings.streams();
    configuration.put(FoldCounters.CONFIG, counters);
    return new KafkaStreams(WholeTopology.of(settings, counters, fleet), configuration);
  }

  private static String name(MetricSnapshot metric) {
    String name = metric.getMetadata().getPrometheusName();
    return metric instanceof CounterSnapshot ? name + "_total" : name;
  }
}
