package io.tasktrail.streams.fold;

import io.tasktrail.history.Fold;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/// How events become histories: every name in it is a contract, for state and topics are named
/// after them.
///
/// One processor, keyed by host, and no repartitioning: the events of a host are in one partition
/// in the order of its kernel's ring, which is causal along a lineage. So the fold is local and
/// exact.
public final class HistoryTopology {

  static final String TASK_EVENTS = "task-events";
  static final String FOLD = "fold";
  static final String AUDIT_EVENTS = "audit-events";
  static final String TASK_HISTORY = "task-history";
  static final String MODULES = "modules";
  static final String LINEAGES = "lineages";

  private HistoryTopology() {}

  /// The whole topology.
  ///
  /// @param store where the state is kept
  /// @param registry at least `schema.registry.url`; all of it goes to Confluent's serializers
  /// @param counters are told of every record
  public static Topology build(
      Fold fold, StoreKind store, Tempo tempo, Map<String, ?> registry, FoldCounters counters) {
    ByteArraySerializer keys = new ByteArraySerializer();
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            TASK_EVENTS,
            new ByteArrayDeserializer(),
            WireFormat.arrivedEvents(registry),
            Topics.TASK_EVENTS)
        .addProcessor(
            FOLD,
            () -> new CountedFold(new FoldProcessor(fold, tempo, counters), counters),
            TASK_EVENTS)
        .addStateStore(StateStores.forTasks(store), FOLD)
        .addStateStore(StateStores.forAccounts(store), FOLD)
        .addSink(AUDIT_EVENTS, Topics.AUDIT_EVENTS, keys, WireFormat.enrichedEvents(registry), FOLD)
        .addSink(
            TASK_HISTORY,
            Topics.TASK_HISTORY,
            keys,
            WireFormat.taskHistories(registry).serializer(),
            FOLD)
        .addSink(
            MODULES, Topics.MODULES, keys, WireFormat.loadedModules(registry).serializer(), FOLD)
        .addSink(LINEAGES, Topics.LINEAGES, keys, WireFormat.lineages(registry).serializer(), FOLD);
  }
}
