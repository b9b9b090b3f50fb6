package io.tasktrail.confluent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The settings by which a user gives credentials for a registry. (`OAUTHBEARER` of this client
/// version needs classes that Kafka 4.1 removed; a token of one's own, as here, does not.)
class RegistryCredentialsTest {

  private final BlockingQueue<String> authorizations = new ArrayBlockingQueue<>(8);
  private HttpServer registry;

  @BeforeEach
  void listen() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext("/", this::answer);
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void userInfoIsSentAsBasic() throws Exception {
    askWith(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:p"));
    String encoded = Base64.getEncoder().encodeToString("u:p".getBytes(UTF_8));
    assertThat(authorizations).containsExactly("Basic " + encoded);
  }

  @Test
  void staticTokenIsSentAsBearer() throws Exception {
    askWith(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0k"));
    assertThat(authorizations).containsExactly("Bearer t0k");
  }

  private void askWith(Map<String, Object> settings) throws Exception {
    String url = "http://127.0.0.1:" + registry.getAddress().getPort();
    try (var client = new CachedSchemaRegistryClient(url, 8, settings)) {
      assertThat(client.getAllSubjects()).isEmpty();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = "[]".getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
