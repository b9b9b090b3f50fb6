package io.tasktrail.role.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EndpointTest {

  private static final ListenAddress ANY = new ListenAddress("127.0.0.1", 0);

  /// Set by the tests: whether the role that is watched is live and ready.
  private static final class Told implements Health {

    private boolean live = true;
    private boolean ready;

    @Override
    public Answer live() {
      return new Answer(live, Map.of());
    }

    @Override
    public Answer ready() {
      return new Answer(ready, Map.of("state", ready ? "running" : "\"starting\""));
    }
  }

  private final Told health = new Told();
  private final PrometheusRegistry metrics = new PrometheusRegistry();
  private final Endpoint endpoint = Endpoint.open(ANY, metrics, health);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    endpoint.close();
  }

  @Test
  void metricsAreToldAsText() throws Exception {
    Counter.builder().name("cats_fed_total").help("Cats.").register(metrics).inc(3);

    var told = get("/metrics");

    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
    assertThat(told.body()).contains("cats_fed_total 3");
  }

  @Test
  void whatIsNotReadyIs503WithItsReasons() throws Exception {
    var told = get("/health/ready");

    assertThat(told.statusCode()).isEqualTo(503);
    assertThat(told.headers().firstValue("content-type")).contains("application/json");
    assertThat(told.body()).isEqualTo("{\"state\":\"\\\"starting\\\"\"}");
  }

  @Test
  void whatIsReadyIs200() throws Exception {
    health.ready = true;

    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void whatFailedIsNotLive() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);

    health.live = false;

    assertThat(get("/health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void otherPathsAreNotThereAndTellWhichAre() throws Exception {
    var told = get("/health/live/../ready");

    assertThat(told.statusCode()).isEqualTo(404);
    assertThat(told.body()).contains("/health/live", "/health/ready", "/metrics");
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    var told = send(request("/health/ready").POST(BodyPublishers.ofString("x")));

    assertThat(told.statusCode()).isEqualTo(405);
  }

  @Test
  void headIsAsGetWithoutABody() throws Exception {
    var told = send(request("/health/live").HEAD());

    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.body()).isEmpty();
  }

  @Test
  void takenPortIsAFailureWithTheCure() {
    ListenAddress taken = new ListenAddress("127.0.0.1", endpoint.uri().getPort());

    assertThatThrownBy(() -> Endpoint.open(taken, metrics, health))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "can't listen (Address already in use): http.listen=%s:"
                + " end what listens there, set another address, or set it to off",
            taken);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(endpoint.uri().resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
