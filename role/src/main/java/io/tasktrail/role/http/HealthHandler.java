package io.tasktrail.role.http;

import static java.net.HttpURLConnection.HTTP_BAD_METHOD;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAVAILABLE;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// Answers for everything but metrics.
final class HealthHandler implements HttpHandler {

  static final String LIVE = "/health/live";
  static final String READY = "/health/ready";

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int NO_BODY = -1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Health health;

  HealthHandler(Health health) {
    this.health = health;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (READING.contains(exchange.getRequestMethod())) {
        answer(exchange);
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(HTTP_BAD_METHOD, NO_BODY);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case LIVE -> send(exchange, health.live());
      case READY -> send(exchange, health.ready());
      default ->
          send(exchange, HTTP_NOT_FOUND, Map.of("paths", Set.of(LIVE, READY, Endpoint.METRICS)));
    }
  }

  private static void send(HttpExchange exchange, Health.Answer answer) throws IOException {
    send(exchange, answer.yes() ? HTTP_OK : HTTP_UNAVAILABLE, answer.details());
  }

  private static void send(HttpExchange exchange, int status, Map<String, ?> details)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(details);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, NO_BODY);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
