package io.tasktrail.bench.streams;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// How a yardstick makes an enriched record of an event. Used by one thread.
///
/// @param <V> what it reads
/// @param <W> what it writes
interface Codec<V, W> {

  Deserializer<V> reads();

  /// The event with a history that is always the same.
  W enriched(V event);

  Serializer<W> writes();
}
