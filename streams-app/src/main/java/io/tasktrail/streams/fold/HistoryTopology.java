package io.tasktrail.streams.fold;

import io.tasktrail.history.Fold;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

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
  static final String HOSTS = "hosts";

  private static final Serde<byte[]> KEYS = Serdes.ByteArray();

  private HistoryTopology() {}

  /// Adds it to what is built.
  ///
  /// @param store where the state is kept
  /// @param registry at least `schema.registry.url`; all of it goes to Confluent's serializers
  /// @param counters are told of every record
  public static void addTo(
      StreamsBuilder builder,
      Fold fold,
      StoreKind store,
      Tempo tempo,
      Map<String, ?> registry,
      FoldCounters counters) {
    builder.addStateStore(store.logged(StateStores.TASKS));
    builder.addStateStore(store.logged(StateStores.ACCOUNTS));
    Commits commits = new Commits();
    builder.addStateStore(commits.store());
    KStream<byte[], Object> folded =
        builder.stream(
                Topics.TASK_EVENTS,
                Consumed.with(KEYS, OneWay.reading(WireFormat.arrivedEvents(registry)))
                    .withName(TASK_EVENTS)
                    .withOffsetResetPolicy(AutoOffsetReset.earliest()))
            .process(
                () -> new CountedFold(new FoldProcessor(fold, tempo, commits, counters), counters),
                Named.as(FOLD),
                StateStores.TASKS,
                StateStores.ACCOUNTS,
                Commits.STORE);
    folded.to(Topics.AUDIT_EVENTS, sink(AUDIT_EVENTS, WireFormat.enrichedEvents(registry)));
    folded.to(
        Topics.TASK_HISTORY, sink(TASK_HISTORY, WireFormat.taskHistories(registry).serializer()));
    folded.to(Topics.MODULES, sink(MODULES, WireFormat.loadedModules(registry).serializer()));
    folded.to(Topics.LINEAGES, sink(LINEAGES, WireFormat.lineages(registry).serializer()));
    folded.to(Topics.HOSTS, sink(HOSTS, WireFormat.hostStatuses(registry).serializer()));
  }

  private static Produced<byte[], Object> sink(String name, Serializer<?> values) {
    return Produced.with(KEYS, OneWay.writing(values)).withName(name);
  }
}
