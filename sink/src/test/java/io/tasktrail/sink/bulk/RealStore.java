package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real store on loopback, as a test looks at it.
interface RealStore extends AutoCloseable {

  ObjectMapper JSON = new ObjectMapper();

  URI address();

  /// Who signed its certificate; empty: it has none.
  Optional<Path> authority();

  /// USER:PASSWORD; empty: it asks for none.
  Optional<String> user();

  HttpClient client();

  @Override
  void close() throws IOException;

  static Optional<String> authorization(Optional<String> user) {
    return user.map(it -> "Basic " + Base64.getEncoder().encodeToString(it.getBytes(UTF_8)));
  }

  /// Where a sink finds it, and who it is there.
  default Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("sink.destination", "bulk");
    settings.put("sink.bulk.url", address().toString());
    authority().ifPresent(file -> settings.put("sink.bulk.ca", file.toString()));
    user().ifPresent(it -> settings.put("sink.bulk.user.info", it));
    return settings;
  }

  /// All documents of these indices, after a refresh.
  default List<JsonNode> documents(String indices) {
    return search(indices, "{\"size\":10000,\"version\":true}");
  }

  /// What a search finds, after a refresh.
  default List<JsonNode> search(String indices, String json) {
    get("/" + indices + "/_refresh");
    List<JsonNode> hits = new ArrayList<>();
    ask("POST", "/" + indices + "/_search", json).at("/hits/hits").forEach(hits::add);
    return hits;
  }

  /// The rows of a table over a search, by its first column; each of them has the next columns
  /// within.
  default JsonNode rows(SavedObjects objects, String table, String search) throws IOException {
    ObjectNode request = (ObjectNode) JSON.readTree(objects.request(search, Map.of()));
    ObjectNode level = request;
    for (String field : objects.rows(table)) {
      level = level.putObject("aggs").putObject("rows");
      level.putObject("terms").put("field", field).put("size", 100);
    }
    return ask("POST", "/" + objects.indices(search) + "/_search", request.toString())
        .at("/aggregations/rows/buckets");
  }

  default JsonNode get(String path) {
    return get(path, user());
  }

  /// What the store says of a path.
  ///
  /// @param user who asks
  default JsonNode get(String path, Optional<String> user) {
    return ask("GET", path, "", user);
  }

  /// What the store answers.
  ///
  /// @param json empty: no body
  default JsonNode ask(String method, String path, String json) {
    return ask(method, path, json, user());
  }

  private JsonNode ask(String method, String path, String json, Optional<String> user) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
    authorization(user).ifPresent(it -> request.header("Authorization", it));
    if (json.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(json));
    }
    try {
      return JSON.readTree(
          client().send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException silent) {
      throw new UncheckedIOException(silent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
