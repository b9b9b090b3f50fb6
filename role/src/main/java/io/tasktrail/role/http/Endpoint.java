package io.tasktrail.role.http;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The endpoint of a role: `/metrics` in the text format of Prometheus, `/health/live` and
/// `/health/ready` for probes. At most ten requests at a time; one that dawdles is cut off (both
/// are bounds of Prometheus' server).
public final class Endpoint implements AutoCloseable {

  static final String METRICS = "/metrics";

  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

  private final HTTPServer server;
  private final String host;

  private Endpoint(HTTPServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /// Listens from now on.
  ///
  /// @throws Failure if the address can't be had
  public static Endpoint open(ListenAddress address, PrometheusRegistry metrics, Health health) {
    Endpoint endpoint = new Endpoint(listening(address, metrics, health), address.host());
    LOG.info("health and metrics at {}", endpoint.uri());
    return endpoint;
  }

  private static HTTPServer listening(
      ListenAddress address, PrometheusRegistry metrics, Health health) {
    try {
      return HTTPServer.builder()
          .inetAddress(InetAddress.getByName(address.host()))
          .port(address.port())
          .registry(metrics)
          .metricsHandlerPath(METRICS)
          .registerHealthHandler(false)
          .defaultHandler(new HealthHandler(health))
          .buildAndStart();
    } catch (IOException refused) {
      throw new Failure(
          reason(refused),
          ListenAddress.KEY + "=" + address,
          "end what listens there, set another address, or set it to off",
          refused);
    }
  }

  private static String reason(IOException refused) {
    return switch (refused) {
      case UnknownHostException _ -> "no such host";
      case BindException taken -> "can't listen (" + taken.getMessage() + ")";
      default -> "can't listen (" + refused + ")";
    };
  }

  /// Where it answers, without a path.
  public URI uri() {
    return URI.create("http://" + host + ":" + server.getPort());
  }

  @Override
  public void close() {
    server.close();
  }
}
