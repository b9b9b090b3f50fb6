package io.tasktrail.loopback;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What an [EmbeddedBroker] is started with.
///
/// @param data directory that holds its logs and metadata; made if absent, kept when it closes. One
///     broker at a time.
/// @param port where clients connect
/// @param secured where clients connect that have to show who they are; absent: nowhere
/// @param properties Kafka's own broker settings, by Kafka's names; they win over the
///     small ones that the embedded broker comes with
public record BrokerSettings(
    Path data, LoopbackPort port, Optional<LoopbackPort> secured, Map<String, String> properties) {

  public BrokerSettings {
    properties = Map.copyOf(properties);
  }

  /// A broker on any free port.
  public static BrokerSettings in(Path data) {
    return new BrokerSettings(data, LoopbackPort.free(), Optional.empty(), Map.of());
  }

  /// The same with another port.
  public BrokerSettings with(LoopbackPort newPort) {
    return new BrokerSettings(data, newPort, secured, properties);
  }

  /// The same with a second listener, over SASL_SSL. What it asks of clients are Kafka's settings
  /// that begin with `listener.name.secured.`.
  public BrokerSettings withSecured(LoopbackPort securedPort) {
    return new BrokerSettings(data, port, Optional.of(securedPort), properties);
  }

  /// The same with one of Kafka's settings changed.
  ///
  /// @param name as in Kafka's documentation, such as `log.retention.ms`
  public BrokerSettings with(String name, String value) {
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(name, value);
    return new BrokerSettings(data, port, secured, changed);
  }
}
