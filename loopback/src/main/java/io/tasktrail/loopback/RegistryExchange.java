package io.tasktrail.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// HTTP to [RegistryApi] and back.
final class RegistryExchange implements HttpHandler {

  static final int MAX_BODY_BYTES = 1 << 20;

  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private static final ObjectMapper JSON =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private final RegistryApi api;

  RegistryExchange(RegistryApi api) {
    this.api = api;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        respond(exchange, 200, api.answer(request(exchange)));
      } catch (RegistryError e) {
        respond(exchange, e.status(), e.body());
      } catch (RuntimeException e) {
        respond(exchange, 500, RegistryError.unforeseen(e).body());
      }
    }
  }

  private static RegistryRequest request(HttpExchange exchange) throws IOException {
    return new RegistryRequest(
        exchange.getRequestMethod(),
        segments(exchange.getRequestURI().getRawPath()),
        flags(exchange.getRequestURI().getRawQuery()),
        body(exchange));
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(RegistryExchange::decoded)
        .toList();
  }

  /// In a path, unlike in a query, `+` is itself.
  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw RegistryError.badRequest("'" + segment + "' is not percent-encoded: " + e.getMessage());
    }
  }

  private static Set<String> flags(String query) {
    return (query == null ? Stream.<String>of() : Arrays.stream(query.split("&")))
        .filter(parameter -> parameter.endsWith("=true"))
        .map(parameter -> parameter.substring(0, parameter.length() - "=true".length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw RegistryError.tooLarge(MAX_BODY_BYTES);
    }
    return new String(body, UTF_8);
  }

  private static void respond(HttpExchange exchange, int status, Object value) throws IOException {
    byte[] body = bytes(value);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(Object value) throws JsonProcessingException {
    return value instanceof RegistryApi.Raw(String json)
        ? json.getBytes(UTF_8)
        : JSON.writeValueAsBytes(value);
  }
}
