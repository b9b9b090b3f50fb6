package io.tasktrail.streams.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.tasktrail.history.Ledger.Bites;
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
    counters.evicted(new Bites(10, 10, 10, 10, 10), new Bites(11, 12, 13, 14, 15));
    counters.evicted(new Bites(7, 7, 7, 7, 7), new Bites(7, 7, 7, 7, 7));

    assertThat(values("tasktrail_evictions"))
        .isEqualTo(
            Map.of(
                "ended_task",
                1.0,
                "gap",
                2.0,
                "loss",
                3.0,
                "capture",
                4.0,
                "duplicate_check",
                5.0));
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
