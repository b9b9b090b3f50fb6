package io.tasktrail.streams;

import io.tasktrail.history.Fold;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.streams.fleet.FleetCounters;
import io.tasktrail.streams.fleet.FleetTopology;
import io.tasktrail.streams.fold.HistoryTopology;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;

/// All that the role runs: the fold, and beside it, unless it is switched off, what is new in the
/// fleet.
final class WholeTopology {

  private WholeTopology() {}

  /// Kafka Streams numbers the parts in this order, and directories of state after them: the fold
  /// stays the first, whatever comes beside it.
  static Topology of(StreamsSettings settings, FoldCounters fold, FleetCounters fleet) {
    StreamsBuilder builder = new StreamsBuilder();
    HistoryTopology.addTo(
        builder,
        new Fold(settings.foldLimits()),
        settings.store(),
        settings.tempo(),
        settings.registry(),
        fold);
    if (settings.tellsFirstSeen()) {
      FleetTopology.addTo(
          builder, settings.store(), settings.fleetLineages(), settings.registry(), fleet);
    }
    return builder.build();
  }
}
