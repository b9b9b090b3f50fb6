package io.tasktrail.loopback;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A schema registry on 127.0.0.1 that answers the REST API of Confluent Schema Registry, for Avro,
/// so that any Confluent client can read what is in the topics.
///
/// New subjects are FULL_TRANSITIVE: a consumer of any age reads records of any age. Requests over
/// 1 MiB are refused, and more than 1,000 schemas or subjects.
public final class LoopbackRegistry implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final HttpServer server;
  private final ExecutorService exchanges;

  private LoopbackRegistry(HttpServer server, ExecutorService exchanges) {
    this.server = server;
    this.exchanges = exchanges;
  }

  /// Starts a registry that forgets everything when it is closed.
  ///
  /// @throws BindException when the port is taken: names port and option
  public static LoopbackRegistry start(LoopbackPort port) throws IOException {
    return start(port, RegistryStore.inMemory(), Optional.empty());
  }

  /// The same for those alone whom somebody knows, as by HTTP basic authentication.
  ///
  /// @throws BindException when the port is taken: names port and option
  public static LoopbackRegistry start(LoopbackPort port, Authenticator authenticator)
      throws IOException {
    return start(port, RegistryStore.inMemory(), Optional.of(authenticator));
  }

  /// Starts a registry that keeps schemas, ids and levels in a file, and goes on with what it
  /// finds there.
  ///
  /// @param file JSON; made if absent, replaced as a whole at each change
  /// @throws BindException when the port is taken: names port and option
  /// @throws IOException when the file cannot be read or is another's: names it
  public static LoopbackRegistry start(LoopbackPort port, Path file) throws IOException {
    return start(port, RegistryStore.in(file), Optional.empty());
  }

  private static LoopbackRegistry start(
      LoopbackPort port, RegistryStore store, Optional<Authenticator> authenticator)
      throws IOException {
    HttpServer server = bound(port);
    ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(exchanges);
    HttpContext all = server.createContext("/", new RegistryExchange(new RegistryApi(store)));
    authenticator.ifPresent(all::setAuthenticator);
    server.start();
    return new LoopbackRegistry(server, exchanges);
  }

  private static HttpServer bound(LoopbackPort port) throws IOException {
    try {
      return HttpServer.create(port.address(), BACKLOG);
    } catch (BindException e) {
      throw port.taken(e);
    }
  }

  /// Value for Confluent's `schema.registry.url`.
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// The port where clients connect; never 0.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Ends at once; what was answered is kept.
  @Override
  public void close() {
    server.stop(0);
    exchanges.close();
  }
}
