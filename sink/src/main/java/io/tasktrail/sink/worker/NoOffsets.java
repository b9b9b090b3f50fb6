package io.tasktrail.sink.worker;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/// A worker asks for a place for the offsets of sources; a sink's are its group's.
final class NoOffsets extends MemoryOffsetBackingStore {

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connectorName) {
    return Set.of();
  }
}
