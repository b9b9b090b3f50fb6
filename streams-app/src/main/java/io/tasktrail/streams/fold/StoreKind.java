package io.tasktrail.streams.fold;

import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
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
}
