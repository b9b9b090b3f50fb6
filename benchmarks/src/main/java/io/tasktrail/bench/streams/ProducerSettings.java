package io.tasktrail.bench.streams;

import java.util.Map;

/// What producers are made with besides addresses.
final class ProducerSettings {

  /// The same as the topology's, so that a yardstick is one.
  static final Map<String, Object> OF_TOPOLOGY =
      Map.of("linger.ms", 20, "compression.type", "lz4", "batch.size", 131_072);

  /// Of the stock: one request after the other. A topic that was made just now refuses the first
  /// ones, and those that overtake them would make them out of order for ever.
  static final Map<String, Object> OF_STOCK =
      Map.of(
          "linger.ms",
          5,
          "compression.type",
          "lz4",
          "batch.size",
          131_072,
          "max.in.flight.requests.per.connection",
          1);

  /// Of the load whose latency is measured: as little of it as can be is the load's own.
  static final Map<String, Object> OF_LOAD =
      Map.of("linger.ms", 1, "compression.type", "lz4", "batch.size", 131_072);

  private ProducerSettings() {}
}
