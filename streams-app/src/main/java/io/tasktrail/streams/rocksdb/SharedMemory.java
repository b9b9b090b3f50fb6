package io.tasktrail.streams.rocksdb;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/// Gives each store its part of the [RocksDbMemory] that Kafka's configuration holds.
public final class SharedMemory implements RocksDBConfigSetter {

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    ((RocksDbMemory) configs.get(RocksDbMemory.CONFIG)).share(options);
  }

  /// What is shared is closed by whom it belongs to.
  @Override
  public void close(String store, Options options) {}
}
