package io.tasktrail.streams.fold;

import java.util.OptionalLong;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/// How many tasks are remembered: those that live, and those that ended within their grace.
public final class TaskCount {

  private TaskCount() {}

  /// Those of the partitions of this instance, as of the last commit; exact in memory, an estimate
  /// of RocksDB's otherwise. Empty while partitions move, and when
  /// nothing runs.
  public static OptionalLong of(KafkaStreams streams) {
    try {
      return OptionalLong.of(
          streams
              .store(
                  StoreQueryParameters.fromNameAndType(
                      StateStores.TASKS, QueryableStoreTypes.keyValueStore()))
              .approximateNumEntries());
    } catch (InvalidStateStoreException | IllegalStateException _) {
      return OptionalLong.empty();
    }
  }
}
