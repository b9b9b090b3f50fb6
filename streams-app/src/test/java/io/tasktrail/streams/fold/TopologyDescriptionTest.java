package io.tasktrail.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.streams.balance.PrometheusCounters;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// State and topics are named after what is named here: a change of it is a migration.
final class TopologyDescriptionTest {

  @Test
  void topologyIsAsItWas() {
    var topology =
        HistoryTopology.build(
            new Fold(FoldLimits.DEFAULT),
            StoreKind.MEMORY,
            new Tempo(Duration.ofSeconds(1), Duration.ofDays(1)),
            Map.of("schema.registry.url", "mock://description"),
            new PrometheusCounters(new PrometheusRegistry()));

    assertThat(topology.describe().toString())
        .isEqualTo(
            """
            Topologies:
               Sub-topology: 0
                Source: task-events (topics: [tasktrail.task-events])
                  --> fold
                Processor: fold (stores: [accounts, tasks])
                  --> audit-events, lineages, modules, task-history
                  <-- task-events
                Sink: audit-events (topic: tasktrail.audit-events)
                  <-- fold
                Sink: lineages (topic: tasktrail.lineages)
                  <-- fold
                Sink: modules (topic: tasktrail.modules)
                  <-- fold
                Sink: task-history (topic: tasktrail.task-history)
                  <-- fold

            """);
  }
}
