package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The state of one partition's hosts, in two stores: what a commit costs grows with the number of
/// changelogs.
///
/// Both are logged, behind the cache of Kafka Streams: a task born and dead between two commits
/// never reaches the changelog.
///
/// @param tasks each task with its whole history
/// @param accounts all else that the fold remembers; [StateKeys] tells the kinds apart
record StateStores(
    KeyValueStore<TaskId, TaskHistory> tasks, KeyValueStore<Bytes, byte[]> accounts) {

  static final String TASKS = "tasks";
  static final String ACCOUNTS = "accounts";

  static StateStores of(ProcessorContext<?, ?> context) {
    return new StateStores(context.getStateStore(TASKS), context.getStateStore(ACCOUNTS));
  }

  static StoreBuilder<KeyValueStore<TaskId, TaskHistory>> forTasks(StoreKind kind) {
    return store(kind.named(TASKS), taskIds(), taskRows());
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> forAccounts(StoreKind kind) {
    return store(kind.named(ACCOUNTS), Serdes.Bytes(), Serdes.ByteArray());
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
      KeyValueBytesStoreSupplier store, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(store, keys, values)
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }

  private static Serde<TaskId> taskIds() {
    return Serdes.serdeFrom(
        (topic, id) -> StateKeys.task(id), (topic, bytes) -> StateKeys.readTask(bytes));
  }

  /// One serde serves all stream threads, and those that query; a codec serves one.
  private static Serde<TaskHistory> taskRows() {
    ThreadLocal<TaskFormat> format = ThreadLocal.withInitial(TaskFormat::new);
    return Serdes.serdeFrom(
        (topic, task) -> format.get().encodeOrNull(task),
        (topic, bytes) -> format.get().decodeOrNull(bytes));
  }
}
