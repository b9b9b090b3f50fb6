package io.tasktrail.demo;

import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.loopback.LoopbackPort;
import io.tasktrail.loopback.LoopbackRegistry;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.util.Map;

/// What all roles talk through: a broker and a schema registry on loopback.
record Backbone(EmbeddedBroker broker, LoopbackRegistry registry) implements AutoCloseable {

  /// @throws Failure if a port is taken or the disk can't be written
  static Backbone start(OutFolder out, LoopbackPort brokerPort, LoopbackPort registryPort) {
    try {
      LoopbackRegistry registry = LoopbackRegistry.start(registryPort);
      try {
        BrokerSettings settings = BrokerSettings.in(out.scratch("kafka")).with(brokerPort);
        return new Backbone(EmbeddedBroker.start(settings), registry);
      } catch (IOException | RuntimeException cause) {
        registry.close();
        throw cause;
      }
    } catch (IOException cause) {
      throw new Failure(
          "the embedded broker or registry did not start",
          cause.getMessage(),
          "free the port, or see --port and --registry-port",
          cause);
    }
  }

  /// How every role finds them.
  Map<String, String> addresses() {
    return Map.of(
        "bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
  }

  @Override
  public void close() throws IOException {
    registry.close();
    broker.close();
  }
}
