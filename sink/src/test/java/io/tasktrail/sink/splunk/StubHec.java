package io.tasktrail.sink.splunk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
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
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/// Splunk's HTTP event collector as its documentation tells it: tokens, channels, acknowledgements
/// that are told once, its codes, and that events before an invalid one are taken; with faults.
/// One thread serves it, and tests speak to it one request at a time.
final class StubHec implements AutoCloseable {

  static final String TOKEN = "9d1f0000-0000-0000-0000-000000000001";

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The codes, their status and text.
  enum Code {
    SUCCESS(0, 200, "Success"),
    TOKEN_DISABLED(1, 403, "Token disabled"),
    TOKEN_REQUIRED(2, 401, "Token is required"),
    INVALID_AUTHORIZATION(3, 401, "Invalid authorization"),
    INVALID_TOKEN(4, 403, "Invalid token"),
    NO_DATA(5, 400, "No data"),
    INVALID_FORMAT(6, 400, "Invalid data format"),
    INCORRECT_INDEX(7, 400, "Incorrect index"),
    INTERNAL(8, 500, "Internal server error"),
    SERVER_BUSY(9, 503, "Server is busy"),
    CHANNEL_MISSING(10, 400, "Data channel is missing"),
    CHANNEL_INVALID(11, 400, "Invalid data channel"),
    EVENT_REQUIRED(12, 400, "Event field is required"),
    EVENT_BLANK(13, 400, "Event field cannot be blank"),
    ACK_DISABLED(14, 400, "ACK is disabled"),
    HEALTHY(17, 200, "HEC is healthy"),
    QUEUES_FULL(18, 503, "HEC is unhealthy, queues are full"),
    SHUTTING_DOWN(23, 503, "Server is shutting down"),
    QUEUE_NEARLY_FULL(24, 200, "HEC queue is approaching its capacity limit"),
    QUEUE_AT_CAPACITY(26, 429, "HEC queue is at capacity and cannot process any more requests"),
    ACKS_AT_CAPACITY(
        27, 429, "HEC ACK channel is at capacity and cannot process any more requests");

    final int number;
    final int status;
    final String text;

    Code(int number, int status, String text) {
      this.number = number;
      this.status = status;
      this.text = text;
    }
  }

  /// What it took, in its order; of `event`, what the object says.
  final List<JsonNode> indexed = Collections.synchronizedList(new ArrayList<>());

  /// How many events each request had that had any.
  final List<Integer> requests = new ArrayList<>();

  /// What requests are told, before any is taken.
  final Deque<Code> answers = new ArrayDeque<>();

  /// Whether the token acknowledges.
  boolean acknowledges = true;

  volatile boolean tokenIsEnabled = true;
  String token = TOKEN;
  Set<String> indexes = Set.of("main");

  /// Which events it can't read, and whether it says their number.
  Predicate<JsonNode> invalid = _ -> false;

  boolean namesInvalid = true;
  int bytesMax = Integer.MAX_VALUE;

  /// How many polls say no before one says yes.
  int pollsBeforeIndexed;

  /// How many requests are taken whose answer never comes.
  int answersToLose;

  /// How many answers about acknowledgements never come, though they count as told.
  int acksToLose;

  int polls;

  /// How many requests waited for acknowledgement at most.
  int mostWaiting;

  private final Map<UUID, Map<Long, Integer>> channels = new HashMap<>();
  private long nextAckId;
  private final HttpServer server;

  StubHec() throws IOException {
    this(0);
  }

  StubHec(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/services/collector/event", this::event);
    server.createContext("/services/collector/ack", this::ack);
    server.createContext("/services/collector/health", this::health);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// As a restart: no channel is known any more.
  ///
  /// @param lost how many of the last events were not on its disk
  void restart(int lost) {
    channels.clear();
    nextAckId = 0;
    indexed.subList(indexed.size() - lost, indexed.size()).clear();
  }

  private void event(HttpExchange exchange) throws IOException {
    byte[] body = body(exchange);
    Optional<Code> trouble = credentials(exchange).or(() -> channel(exchange));
    if (trouble.isPresent()) {
      answer(exchange, trouble.get());
    } else if (body.length == 0) {
      answer(exchange, Code.NO_DATA);
    } else if (body.length > bytesMax) {
      answer(exchange, 413, "<response>Content-Length too large</response>");
    } else {
      take(exchange, body);
    }
  }

  private void take(HttpExchange exchange, byte[] body) throws IOException {
    Code told = answers.isEmpty() ? Code.SUCCESS : answers.poll();
    if (told.status != 200) {
      answer(exchange, told);
      return;
    }
    List<JsonNode> events = new ArrayList<>();
    Optional<Code> trouble = read(body, events);
    requests.add(events.size() + trouble.map(_ -> 1).orElse(0));
    indexed.addAll(events);
    ObjectNode answer = json(trouble.orElse(told));
    if (trouble.isPresent() && namesInvalid) {
      answer.put("invalid-event-number", events.size());
    } else if (trouble.isPresent()) {
      indexed.subList(indexed.size() - events.size(), indexed.size()).clear();
    } else if (acknowledges) {
      answer.put("ackId", nextAckId);
      Map<Long, Integer> channel = channels.get(channelId(exchange));
      channel.put(nextAckId++, pollsBeforeIndexed);
      mostWaiting = Math.max(mostWaiting, channel.size());
    }
    if (answersToLose > 0) {
      answersToLose--;
      exchange.close();
    } else {
      answer(exchange, trouble.map(each -> each.status).orElse(200), answer.toString());
    }
  }

  /// @param events gets those before the one that is wrong
  private Optional<Code> read(byte[] body, List<JsonNode> events) throws IOException {
    try (MappingIterator<JsonNode> objects = JSON.readerFor(JsonNode.class).readValues(body)) {
      while (objects.hasNextValue()) {
        JsonNode object = objects.nextValue();
        Optional<Code> trouble = trouble(object);
        if (trouble.isPresent()) {
          return trouble;
        }
        events.add(object.path("event"));
      }
      return Optional.empty();
    } catch (JsonProcessingException noJson) {
      return Optional.of(Code.INVALID_FORMAT);
    }
  }

  private Optional<Code> trouble(JsonNode object) {
    JsonNode event = object.path("event");
    if (event.isMissingNode()) {
      return Optional.of(Code.EVENT_REQUIRED);
    }
    if (event.isTextual() && event.asText().isEmpty()) {
      return Optional.of(Code.EVENT_BLANK);
    }
    if (!indexes.contains(object.path("index").asText("main"))) {
      return Optional.of(Code.INCORRECT_INDEX);
    }
    return invalid.test(event) ? Optional.of(Code.INVALID_FORMAT) : Optional.empty();
  }

  private void ack(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(body(exchange)).path("acks");
    Optional<Code> trouble = credentials(exchange);
    if (trouble.isPresent()) {
      answer(exchange, trouble.get());
    } else if (!acknowledges) {
      answer(exchange, Code.ACK_DISABLED);
    } else if (channel(exchange).isPresent()) {
      answer(exchange, channel(exchange).get());
    } else {
      polls++;
      String told = told(channels.get(channelId(exchange)), asked);
      if (acksToLose > 0) {
        acksToLose--;
        exchange.close();
      } else {
        answer(exchange, 200, told);
      }
    }
  }

  /// Who is told yes is told no the next time.
  private static String told(Map<Long, Integer> channel, JsonNode asked) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode acks = answer.putObject("acks");
    for (JsonNode each : asked) {
      Integer polls = channel.get(each.longValue());
      acks.put(each.asText(), polls != null && polls == 0);
      if (polls != null && polls == 0) {
        channel.remove(each.longValue());
      } else if (polls != null) {
        channel.put(each.longValue(), polls - 1);
      }
    }
    return answer.toString();
  }

  private void health(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    boolean isFull = answers.peek() != null && answers.peek().status != 200;
    answer(exchange, isFull ? Code.QUEUES_FULL : Code.HEALTHY);
  }

  private Optional<Code> credentials(HttpExchange exchange) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    if (shown == null) {
      return Optional.of(Code.TOKEN_REQUIRED);
    }
    if (!shown.startsWith("Splunk ")) {
      return Optional.of(Code.INVALID_AUTHORIZATION);
    }
    if (!shown.equals("Splunk " + token)) {
      return Optional.of(Code.INVALID_TOKEN);
    }
    return tokenIsEnabled ? Optional.empty() : Optional.of(Code.TOKEN_DISABLED);
  }

  /// A channel is there once it is named.
  private Optional<Code> channel(HttpExchange exchange) {
    if (!acknowledges) {
      return Optional.empty();
    }
    if (exchange.getRequestHeaders().getFirst("X-Splunk-Request-Channel") == null) {
      return Optional.of(Code.CHANNEL_MISSING);
    }
    try {
      channels.computeIfAbsent(channelId(exchange), _ -> new HashMap<>());
      return Optional.empty();
    } catch (IllegalArgumentException noGuid) {
      return Optional.of(Code.CHANNEL_INVALID);
    }
  }

  private static UUID channelId(HttpExchange exchange) {
    return UUID.fromString(exchange.getRequestHeaders().getFirst("X-Splunk-Request-Channel"));
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean isGzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = exchange.getRequestBody();
        InputStream plain = isGzip ? new GZIPInputStream(body) : body) {
      return plain.readAllBytes();
    }
  }

  private static ObjectNode json(Code code) {
    return JSON.createObjectNode().put("text", code.text).put("code", code.number);
  }

  private static void answer(HttpExchange exchange, Code code) throws IOException {
    answer(exchange, code.status, json(code).toString());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
