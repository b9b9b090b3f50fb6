package io.tasktrail.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page for operators and the agent tell the same.
class AgentDocTest {

  private static final Path PAGE = Path.of("../docs/agent.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:tasktrail|process)_[a-z_]+)");
  private static final Pattern RULE = Pattern.compile("\\b((?:tasktrail|process)_[a-z_]+)");

  @Test
  void everyMetricIsExplainedAndNoOther() throws IOException {
    assertThat(found(ROW, "")).containsExactlyInAnyOrderElementsOf(metrics());
  }

  @Test
  void rulesNameMetricsThatThereAre() throws IOException {
    assertThat(found(RULE, "### Alerts")).isNotEmpty().isSubsetOf(metrics());
  }

  /// @param from where on the page to begin
  private static List<String> found(Pattern pattern, String from) throws IOException {
    String page = Files.readString(PAGE);
    String part = page.substring(page.indexOf(from));
    return pattern.matcher(part).results().map(found -> found.group(1)).toList();
  }

  private static Set<String> metrics() {
    Board board = new Board(() -> 1);
    board.post(
        Sightings.of(
            Sightings.balance(3, 4), new Canary.Report(OptionalLong.of(1), false, 1, 0, 0)));
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new AgentMetrics(board));
    return registry.scrape().stream().map(AgentDocTest::name).collect(Collectors.toSet());
  }

  private static String name(MetricSnapshot metric) {
    String name = metric.getMetadata().getPrometheusName();
    return metric instanceof CounterSnapshot ? name + "_total" : name;
  }
}
