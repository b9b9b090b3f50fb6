package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A store as HTTP shows it. Keeps to one node until that does not answer.
final class Store implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpClient client;
  private final List<URI> nodes;
  private final Optional<String> authorization;
  private final Duration timeout;
  private int node;

  Store(BulkPlan plan) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if (plan.authority().isPresent()) {
      builder.sslContext(Trust.in(plan.authority().get()));
    }
    client = builder.build();
    nodes = plan.nodes();
    authorization = plan.authorization();
    timeout = plan.timeout();
  }

  /// An answer, whatever it says.
  record Answer(int status, String body) {}

  /// Sends documents.
  ///
  /// @param body compressed by gzip
  /// @throws IOException if no answer comes: says of whom
  Answer bulk(byte[] body) throws IOException {
    return send(
        request("/_bulk?filter_path=" + BulkReply.FILTER + ",error")
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /// Puts a document of the store's own.
  Answer put(String path, byte[] json) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  private HttpRequest.Builder request(String path) {
    String base = at().toString().replaceAll("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  /// The node at hand.
  URI at() {
    return nodes.get(node);
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (IOException silent) {
      URI silentOne = at();
      node = (node + 1) % nodes.size();
      throw new IOException(silentOne + " does not answer: " + silent, silent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(at() + ": interrupted", stopped);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
