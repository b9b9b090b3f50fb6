package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.streams.balance.PrometheusCounters;
import io.tasktrail.streams.fleet.FleetCounters;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// State and topics are named after what is named here: a change of it is a migration.
final class TopologyDescriptionTest {

  @Test
  void topologyIsAsItWas() {
    PrometheusRegistry metrics = new PrometheusRegistry();
    StreamsSettings settings =
        StreamsSettings.of(Map.of("schema.registry.url", "mock://description"));
    var topology =
        WholeTopology.of(settings, new PrometheusCounters(metrics), new FleetCounters(metrics));

    assertThat(topology.describe().toString())
        .isEqualTo(
            """
            Topologies:
               Sub-topology: 0
                Source: task-events (topics: [tasktrail.task-events])
                  --> fold
                Processor: fold (stores: [commits, accounts, tasks])
                  --> audit-events, hosts, lineages, modules, task-history
                  <-- task-events
                Sink: audit-events (topic: tasktrail.audit-events)
                  <-- fold
                Sink: hosts (topic: tasktrail.hosts)
                  <-- fold
                Sink: lineages (topic: tasktrail.lineages)
                  <-- fold
                Sink: modules (topic: tasktrail.modules)
                  <-- fold
                Sink: task-history (topic: tasktrail.task-history)
                  <-- fold

              Sub-topology: 1
                Source: told-lineages (topics: [tasktrail.lineages])
                  --> fingerprint
                Processor: fingerprint (stores: [])
                  --> told-lineages-by-fingerprint-repartition-filter
                  <-- told-lineages
                Processor: told-lineages-by-fingerprint-repartition-filter (stores: [])
                  --> told-lineages-by-fingerprint-repartition-sink
                  <-- fingerprint
                Sink: told-lineages-by-fingerprint-repartition-sink (topic: told-lineages-by-fingerprint-repartition)
                  <-- told-lineages-by-fingerprint-repartition-filter

              Sub-topology: 2
                Source: told-lineages-by-fingerprint-repartition-source (topics: [told-lineages-by-fingerprint-repartition])
                  --> first-in-fleet
                Processor: first-in-fleet (stores: [fleet])
                  --> first-seen
                  <-- told-lineages-by-fingerprint-repartition-source
                Sink: first-seen (topic: tasktrail.first-seen)
                  <-- first-in-fleet

            """);
  }

  @Test
  void foldStaysTheFirstPartWithoutTheFleet() {
    PrometheusRegistry metrics = new PrometheusRegistry();
    StreamsSettings settings =
        StreamsSettings.of(
            Map.of("schema.registry.url", "mock://description", "fleet.first.seen", "false"));

    var description =
        WholeTopology.of(settings, new PrometheusCounters(metrics), new FleetCounters(metrics))
            .describe();

    assertThat(description.subtopologies())
        .singleElement()
        .satisfies(fold -> assertThat(fold.id()).isZero());
  }
}
