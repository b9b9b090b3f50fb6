package io.tasktrail.loopback;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What an [EmbeddedBroker] is started with.
///
/// @param data directory that holds its logs and metadata; made if absent, kept when it closes. One
///     broker at a time.
/// @param port where clients connect
/// @param properties Kafka's own broker settings, by Kafka's names; they win over the
///     small ones that the embedded broker comes with
public record BrokerSettings(Path data, LoopbackPort port, Map<String, String> properties) {

  public BrokerSettings {
    properties = Map.copyOf(properties);
  }

  /// A broker on any free port.
  public static BrokerSettings in(Path data) {
    return new BrokerSettings(data, LoopbackPort.free(), Map.of());
  }

  /// The same with another port.
  public BrokerSettings with(LoopbackPort newPort) {
    return new BrokerSettings(data, newPort, properties);
  }

  /// The same with one of Kafka's settings changed.
  ///
  /// @param name as in Kafka's documentation, such as `log.retention.ms`
  public BrokerSettings with(String name, String value) {
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(name, value);
    return new BrokerSettings(data, port, changed);
  }
}
