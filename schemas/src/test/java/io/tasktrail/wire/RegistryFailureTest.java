package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An outage, a wrong password and a garbage record are told apart by what is thrown: it is what
/// Confluent's own deserializer throws.
class RegistryFailureTest {

  private static final byte[] RECORD = {0, 0, 0, 0, 1, 2};

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 408, 429, 500, 503})
  void whatTheRegistryAnswersIsThrownAsConfluentsDeserializerThrowsIt(int status)
      throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] body =
              "{\"error_code\":%d,\"message\":\"no\"}"
                  .formatted(100 * status)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
    try {
      assertSameFailure("http://127.0.0.1:" + registry.getAddress().getPort());
      assertThat(asked).as("nothing is remembered of a failure").hasValue(3);
    } finally {
      registry.stop(0);
    }
  }

  @Test
  void aRegistryThatIsNotThereIsThrownAsConfluentsDeserializerThrowsIt() throws IOException {
    int port;
    try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closedSoon.getLocalPort();
    }
    assertSameFailure("http://127.0.0.1:" + port);
  }

  private static void assertSameFailure(String url) {
    Map<String, Object> settings = Map.of("schema.registry.url", url, "max.retries", 0);
    try (KafkaAvroDeserializer confluents = new KafkaAvroDeserializer();
        Serde<TaskEvent> ours = WireFormat.taskEvents(settings)) {
      confluents.configure(settings, false);
      Throwable expected = catchThrowable(() -> confluents.deserialize("events", RECORD));
      for (int attempt = 0; attempt < 2; attempt++) {
        Throwable thrown = catchThrowable(() -> ours.deserializer().deserialize("events", RECORD));
        assertThat(types(thrown)).isEqualTo(types(expected)).hasSizeGreaterThan(0);
      }
    }
  }

  private static List<Class<?>> types(Throwable thrown) {
    List<Class<?>> types = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      types.add(cause.getClass());
    }
    return types;
  }
}
