package io.tasktrail.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.http.Endpoint;
import io.tasktrail.role.http.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Needs nothing but loopback.
class PatientEndpointTest {

  private static final String HOST = "127.0.0.1";

  private final Board board = new Board(() -> 1);

  @Test
  void freePortIsHadAtOnce() {
    try (PatientEndpoint endpoint = endpoint(0)) {
      endpoint.start();

      assertThat(endpoint.uri()).isPresent();
    }
  }

  @Test
  void takenPortIsHadOnceItIsFree() throws IOException {
    ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    try (PatientEndpoint endpoint = endpoint(taken.getLocalPort())) {
      endpoint.start();
      assertThat(endpoint.uri()).isEmpty();

      taken.close();

      await().until(() -> endpoint.uri().isPresent());
    }
  }

  private PatientEndpoint endpoint(int port) {
    return new PatientEndpoint(
        () ->
            Endpoint.open(
                new ListenAddress(HOST, port), new PrometheusRegistry(), new AgentHealth(board)),
        Duration.ofMillis(10));
  }
}
