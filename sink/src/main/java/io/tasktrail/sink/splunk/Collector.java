package io.tasktrail.sink.splunk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tasktrail.sink.remote.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The collector as HTTP shows it.
final class Collector implements AutoCloseable {

  private static final String EVENTS = "/services/collector/event";
  private static final String ACKS = "/services/collector/ack";
  private static final String HEALTH = "/services/collector/health";
  private static final String CHANNEL = "X-Splunk-Request-Channel";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Nodes nodes;

  Collector(HecPlan plan) {
    nodes =
        new Nodes(
            plan.nodes(), plan.authority(), Optional.of("Splunk " + plan.token()), plan.timeout());
  }

  /// An answer.
  ///
  /// @param body a missing node where it is no JSON
  record Answer(int status, JsonNode body) {

    Verdict verdict() {
      return Verdict.of(status, body);
    }
  }

  /// Sends events.
  ///
  /// @param channel by which they can be acknowledged
  /// @param body compressed by gzip
  /// @throws IOException if no answer comes: they may be taken, or not
  Answer post(Optional<UUID> channel, byte[] body) throws IOException {
    return ask(
        request(EVENTS, channel)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /// Sends nothing: a collector that knows who asks says that there is no data.
  Answer greet(Optional<UUID> channel) throws IOException {
    return ask(request(EVENTS, channel).POST(BodyPublishers.noBody()));
  }

  /// Asks what is indexed. Of each id that is told once only.
  Answer acknowledged(UUID channel, List<Long> ackIds) throws IOException {
    return ask(
        request(ACKS, Optional.of(channel))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("acks", ackIds)))));
  }

  Answer health() throws IOException {
    return ask(request(HEALTH, Optional.empty()).GET());
  }

  private HttpRequest.Builder request(String path, Optional<UUID> channel) {
    HttpRequest.Builder request = nodes.request(path);
    channel.ifPresent(id -> request.header(CHANNEL, id.toString()));
    return request;
  }

  private Answer ask(HttpRequest.Builder request) throws IOException {
    Nodes.Answer answer = nodes.send(request);
    return new Answer(answer.status(), json(answer.body()));
  }

  private static JsonNode json(String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException another) {
      return MissingNode.getInstance();
    }
  }

  /// The node at hand.
  URI at() {
    return nodes.at();
  }

  /// Connects anew, and reads anew whom to trust.
  void renew() {
    nodes.renew();
  }

  @Override
  public void close() {
    nodes.close();
  }
}
