package io.tasktrail.streams.fold;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// Values of a topic that the topology only reads, or only writes.
///
/// @param serializer null where it only reads
/// @param deserializer null where it only writes
record OneWay<T>(Serializer<T> serializer, Deserializer<T> deserializer) implements Serde<T> {

  static <T> Serde<T> reading(Deserializer<T> values) {
    return new OneWay<>(null, values);
  }

  /// The fold sends to each sink what its serializer takes.
  @SuppressWarnings("unchecked")
  static Serde<Object> writing(Serializer<?> values) {
    return new OneWay<>((Serializer<Object>) values, null);
  }
}
