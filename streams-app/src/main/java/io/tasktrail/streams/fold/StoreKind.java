package io.tasktrail.streams.fold;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Where the state is kept beside its copy on the brokers.
public enum StoreKind {
  /// On the heap: fast, and read back from the brokers at each start.
  MEMORY {
    @Override
    KeyValueBytesStoreSupplier named(String name) {
      return Stores.inMemoryKeyValueStore(name);
    }
  },
  /// In files, with a bounded part of them in memory outside the heap.
  ROCKSDB {
    @Override
    KeyValueBytesStoreSupplier named(String name) {
      return Stores.persistentKeyValueStore(name);
    }
  };

  abstract KeyValueBytesStoreSupplier named(String name);

  /// A store with a changelog.
  public StoreBuilder<KeyValueStore<Bytes, byte[]>> logged(String name) {
    return Stores.keyValueStoreBuilder(named(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }
}
