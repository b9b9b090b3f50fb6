package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/// A store that says on demand what real ones say rarely. [StoreContract] holds what it says
/// otherwise against real ones.
final class StubStore implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Documents by index and id.
  final Map<String, JsonNode> documents = new HashMap<>();

  final List<Integer> requests = new ArrayList<>();

  /// What whole requests are answered with, before any is taken.
  final Deque<Integer> answers = new ArrayDeque<>();

  /// Of which documents what status is said, once for each document.
  final Map<Predicate<JsonNode>, Integer> verdicts = new HashMap<>();

  Optional<String> authorization = Optional.empty();
  int documentsMax = Integer.MAX_VALUE;
  /// What makes the store refuse a whole request.
  Predicate<JsonNode> poison = _ -> false;

  boolean hasStream;

  /// How many requests were there at once.
  int crowd;

  /// Each request takes one, as they come.
  final Semaphore permits = new Semaphore(Integer.MAX_VALUE);

  private final AtomicInteger here = new AtomicInteger();
  private final Map<String, Long> versions = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  StubStore() throws IOException {
    this(0);
  }

  /// @param port 0: any
  StubStore(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/_bulk", this::bulk);
    server.createContext("/_data_stream/", this::stream);
    server.createContext("/_index_template/", exchange -> answer(exchange, 200, "{}"));
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private boolean isAllowed(HttpExchange exchange) {
    return authorization.isEmpty()
        || authorization.get().equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void bulk(HttpExchange exchange) throws IOException {
    List<String> lines = lines(exchange.getRequestBody());
    int crowdNow = here.incrementAndGet();
    permits.acquireUninterruptibly();
    here.decrementAndGet();
    synchronized (this) {
      crowd = Math.max(crowd, crowdNow);
      bulk(exchange, lines);
    }
  }

  private void bulk(HttpExchange exchange, List<String> lines) throws IOException {
    if (!lines.isEmpty()) {
      requests.add(lines.size() / 2);
    }
    if (!isAllowed(exchange)) {
      answer(exchange, 401, error("security_exception", "unable to authenticate"));
    } else if (lines.isEmpty()) {
      answer(exchange, 400, error("parse_exception", "request body is required"));
    } else if (!answers.isEmpty()) {
      answer(exchange, answers.poll(), error("stub_exception", "as told"));
    } else if (lines.size() / 2 > documentsMax) {
      answer(exchange, 413, "");
    } else if (isPoisoned(lines)) {
      answer(exchange, 400, error("stub_exception", "poison"));
    } else {
      answer(exchange, 200, taken(lines));
    }
  }

  private boolean isPoisoned(List<String> lines) throws IOException {
    for (String line : lines) {
      if (poison.test(JSON.readTree(line))) {
        return true;
      }
    }
    return false;
  }

  /// How many requests wait for a permit.
  int waiting() {
    return permits.getQueueLength();
  }

  private void stream(HttpExchange exchange) throws IOException {
    hasStream |= exchange.getRequestMethod().equals("PUT");
    answer(exchange, hasStream ? 200 : 404, hasStream ? "{}" : error("index_not_found", "none"));
  }

  private static List<String> lines(InputStream body) throws IOException {
    try (InputStream plain = new GZIPInputStream(body)) {
      return new String(plain.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private String taken(List<String> lines) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    boolean errors = false;
    var items = JSON.createArrayNode();
    for (int line = 0; line < lines.size(); line += 2) {
      var action = JSON.readTree(lines.get(line)).properties().iterator().next();
      int status = taken(action.getValue(), JSON.readTree(lines.get(line + 1)));
      errors |= status > 201;
      ObjectNode item = items.addObject().putObject(action.getKey());
      item.put("status", status);
      if (status > 201) {
        item.putObject("error").put("type", "stub_exception").put("reason", "as told");
      }
    }
    answer.put("errors", errors).set("items", items);
    return JSON.writeValueAsString(answer);
  }

  private int taken(JsonNode action, JsonNode document) {
    for (Predicate<JsonNode> which : verdicts.keySet()) {
      if (which.test(document)) {
        return verdicts.remove(which);
      }
    }
    String place = action.path("_index").asText() + "/" + action.path("_id").asText();
    long version = action.path("version").asLong(1);
    if (version <= versions.getOrDefault(place, 0L)) {
      return 409;
    }
    versions.put(place, version);
    documents.put(place, document);
    return 201;
  }

  private static String error(String type, String reason) throws IOException {
    return JSON.writeValueAsString(
        Map.of("error", Map.of("type", type, "reason", reason), "status", 0));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
