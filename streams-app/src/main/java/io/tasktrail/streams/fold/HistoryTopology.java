package io.tasktrail.streams.fold;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.history.Fold;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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

  private HistoryTopology() {}

  /// The whole topology.
  ///
  /// @param store where the state is kept
  /// @param registry at least `schema.registry.url`; all of it goes to Confluent's serializers
  /// @param counters are told of every record
  public static Topology build(
      Fold fold, StoreKind store, Map<String, ?> registry, FoldCounters counters) {
    Serde<TaskEvent> events = WireFormat.taskEvents(registry);
    Serde<AuditEvent> audited = WireFormat.auditEvents(registry);
    Serde<TaskHistory> histories = WireFormat.taskHistories(registry);
    StringDeserializer readKey = new StringDeserializer();
    StringSerializer writeKey = new StringSerializer();
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            TASK_EVENTS,
            readKey,
            events.deserializer(),
            Topics.TASK_EVENTS)
        .addProcessor(
            FOLD, () -> new CountedFold(new FoldProcessor(fold, counters), counters), TASK_EVENTS)
        .addStateStore(StateStores.forTasks(store), FOLD)
        .addStateStore(StateStores.forAccounts(store), FOLD)
        .addSink(AUDIT_EVENTS, Topics.AUDIT_EVENTS, writeKey, audited.serializer(), FOLD)
        .addSink(TASK_HISTORY, Topics.TASK_HISTORY, writeKey, histories.serializer(), FOLD);
  }
}
