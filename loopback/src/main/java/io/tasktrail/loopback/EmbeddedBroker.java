package io.tasktrail.loopback;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A running Kafka broker in this JVM: one combined KRaft node on 127.0.0.1, with small memory.
///
/// It is Kafka itself: topics, transactions, groups and their limits behave as on a cluster, except
/// that nothing is replicated. Topics must be created; clients do not create them by using them.
public final class EmbeddedBroker implements AutoCloseable {

  private final BrokerSettings settings;
  private final BrokerData data;
  private final CombinedNode node;
  private boolean closed;

  private EmbeddedBroker(BrokerSettings settings, BrokerData data, CombinedNode node) {
    this.settings = settings;
    this.data = data;
    this.node = node;
  }

  /// Starts a broker and returns when it answers clients.
  ///
  /// @throws java.net.BindException when the port is taken: names port and option
  /// @throws IOException when the data directory cannot be used: names it
  public static EmbeddedBroker start(BrokerSettings settings) throws IOException {
    FatalFaults.announceExits();
    try (BoundSockets sockets = new BoundSockets()) {
      int port = sockets.bind(SmallBroker.CLIENTS, settings.port());
      int controllerPort = sockets.bind(SmallBroker.CONTROLLER, LoopbackPort.free());
      BrokerSettings bound = bindSecured(settings.with(settings.port().at(port)), sockets);
      return start(bound, controllerPort, sockets);
    }
  }

  private static BrokerSettings bindSecured(BrokerSettings settings, BoundSockets sockets)
      throws IOException {
    Optional<LoopbackPort> secured = settings.secured();
    return secured.isEmpty()
        ? settings
        : settings.withSecured(secured.get().at(sockets.bind(SmallBroker.SECURED, secured.get())));
  }

  private static EmbeddedBroker start(
      BrokerSettings settings, int controllerPort, BoundSockets sockets) throws IOException {
    Path directory = settings.data().toAbsolutePath();
    Map<String, String> properties = properties(settings, directory, controllerPort);
    try {
      BrokerData data = BrokerData.open(directory);
      CombinedNode node = started(properties, sockets, data);
      FatalFaults.running(directory);
      return new EmbeddedBroker(settings, data, node);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "embedded Kafka broker did not start on data directory %s: %s".formatted(directory, e),
          e);
    }
  }

  private static Map<String, String> properties(
      BrokerSettings settings, Path directory, int controllerPort) {
    Map<String, String> small =
        SmallBroker.properties(directory, settings.port().number(), controllerPort);
    Map<String, String> all =
        new HashMap<>(
            settings
                .secured()
                .map(port -> SmallBroker.secured(small, port.number()))
                .orElse(small));
    all.putAll(settings.properties());
    return all;
  }

  private static CombinedNode started(
      Map<String, String> properties, BoundSockets sockets, BrokerData data) throws IOException {
    try {
      CombinedNode node = new CombinedNode(properties, sockets);
      node.start();
      return node;
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /// Value for Kafka's `bootstrap.servers`.
  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  /// The same for clients that show who they are.
  ///
  /// @throws java.util.NoSuchElementException where its settings have no such listener
  public String securedServers() {
    return "127.0.0.1:" + settings.secured().orElseThrow().number();
  }

  /// The port where clients connect; never 0.
  public int port() {
    return settings.port().number();
  }

  /// Closes it if it still runs, and starts one on the same port and data.
  public EmbeddedBroker restart() throws IOException {
    close();
    return start(settings);
  }

  /// Ends in order: what was acknowledged is in the data directory. Does nothing the second time.
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      FatalFaults.stopped(settings.data().toAbsolutePath());
      node.stop();
      data.close();
    }
  }
}
