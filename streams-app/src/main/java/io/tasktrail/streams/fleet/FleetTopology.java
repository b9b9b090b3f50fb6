package io.tasktrail.streams.fleet;

import io.tasktrail.streams.fold.StoreKind;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/// How rows of lineages, in the partitions of their hosts, become news of the fleet: brought
/// together by fingerprint, so that one store knows whether any host told it before.
///
/// Reads the table from its beginning: what hosts were known to execute before this was switched on
/// is told once, with the time when it began. Every name in it is a contract, for state and topics
/// are named after them.
public final class FleetTopology {

  static final String TOLD_LINEAGES = "told-lineages";
  static final String BY_FINGERPRINT = "told-lineages-by-fingerprint";
  static final String FIRST_IN_FLEET = "first-in-fleet";
  static final String FIRST_SEEN = "first-seen";
  static final String FLEET = "fleet";

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private FleetTopology() {}

  /// Adds it to what is built.
  ///
  /// @param store where the state is kept
  /// @param lineagesMax how many lineages are remembered, in each partition
  /// @param registry at least `schema.registry.url`; all of it goes to Confluent's serializers
  /// @param counters are told of every row
  public static void addTo(
      StreamsBuilder builder,
      StoreKind store,
      int lineagesMax,
      Map<String, ?> registry,
      FleetCounters counters) {
    builder.addStateStore(store.logged(FLEET).withCachingEnabled());
    builder.stream(
            Topics.LINEAGES,
            Consumed.with(BYTES, BYTES)
                .withName(TOLD_LINEAGES)
                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
        .selectKey((key, _) -> LineageRow.fingerprint(key), Named.as("fingerprint"))
        .repartition(Repartitioned.with(BYTES, BYTES).withName(BY_FINGERPRINT))
        .process(
            () -> new FirstInFleet(WireFormat.lineages(registry), lineagesMax, counters),
            Named.as(FIRST_IN_FLEET),
            FLEET)
        .to(
            Topics.FIRST_SEEN,
            Produced.with(BYTES, WireFormat.firstSeen(registry)).withName(FIRST_SEEN));
  }
}
