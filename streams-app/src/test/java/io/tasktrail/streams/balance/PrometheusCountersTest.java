package io.tasktrail.streams.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.tasktrail.history.Bites;
import io.tasktrail.history.Bound;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PrometheusCountersTest {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final FoldCounters counters = new PrometheusCounters(registry);

  @Test
  void eachOutcomeIsThereFromTheBeginning() {
    assertThat(values("tasktrail_events_outcome"))
        .containsOnlyKeys("emitted", "silent", "duplicate", "dead_letter", "broken_off")
        .allSatisfy((_, count) -> assertThat(count).isZero());
    assertThat(values("tasktrail_dead_letters"))
        .containsOnlyKeys("undecodable", "no_value", "wrong_key", "unfoldable");
  }

  @Test
  void deadLetterIsAnOutcomeAndHasAReason() {
    counters.deadLetter(DeadLetterReason.WRONG_KEY);
    counters.deadLetter(DeadLetterReason.UNDECODABLE);

    assertThat(counters.deadLetter(DeadLetterReason.WRONG_KEY)).isEqualTo(2);
    assertThat(values("tasktrail_events_outcome")).containsEntry("dead_letter", 3.0);
    assertThat(values("tasktrail_dead_letters"))
        .containsEntry("wrong_key", 2.0)
        .containsEntry("undecodable", 1.0);
  }

  @Test
  void whatBoundsLetGoOfIsCountedFromWhereTheHostWas() {
    Bites before = new Bites(Map.of(Bound.GAPS, 10L));
    counters.evicted(before, new Bites(Map.of(Bound.GAPS, 12L, Bound.TASKS, 1L)));
    counters.evicted(before, before);

    assertThat(values("tasktrail_evictions"))
        .hasSize(Bound.values().length)
        .containsEntry("gaps", 2.0)
        .containsEntry("tasks", 1.0)
        .containsEntry("losses", 0.0);
  }

  /// By the value of its only label.
  private Map<String, Double> values(String name) {
    CounterSnapshot counter =
        (CounterSnapshot) registry.scrape(name::equals).stream().findFirst().orElseThrow();
    return counter.getDataPoints().stream()
        .collect(
            Collectors.toMap(
                point -> point.getLabels().getValue(0), CounterDataPointSnapshot::getValue));
  }
}
