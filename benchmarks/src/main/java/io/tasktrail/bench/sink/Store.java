package io.tasktrail.bench.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tasktrail.bench.stand.Jvm;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real OpenSearch, in a process with nothing but its own jars.
record Store(Jvm jvm, String address, HttpClient client) implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> OPTIONS =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-Xms1g",
          "-Xmx1g");

  static Store start(Scratch scratch) throws IOException {
    Path lib = Path.of(System.getProperty("tasktrail.home"), "opensearch/target/app/lib");
    Jvm jvm =
        Jvm.start(
            lib + "/*",
            "io.tasktrail.opensearch.OpenSearchMain",
            OPTIONS,
            List.of(scratch.file("opensearch").toString()));
    return new Store(jvm, jvm.hear(), HttpClient.newHttpClient());
  }

  /// How many documents it has put into these indices, whether a search finds them yet or not.
  long indexed(String indices) throws IOException, InterruptedException {
    return ask("GET", "/" + indices + "/_stats/indexing")
        .at("/_all/primaries/indexing/index_total")
        .asLong();
  }

  /// Counts them.
  ///
  /// @throws Failure unless they hold so many documents
  void count(String indices, long expected) throws IOException, InterruptedException {
    ask("POST", "/" + indices + "/_refresh");
    long count = ask("GET", "/" + indices + "/_count").path("count").asLong();
    if (count != expected) {
      throw new Failure(
          "%,d documents, and not %,d".formatted(count, expected), indices, "see the sink's log");
    }
  }

  /// Removes them.
  void delete(String indices) throws IOException, InterruptedException {
    for (Map.Entry<String, JsonNode> index :
        ask("GET", "/" + indices + "/_settings").properties()) {
      ask("DELETE", "/" + index.getKey());
    }
  }

  private JsonNode ask(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Override
  public void close() throws IOException {
    client.close();
    jvm.close();
  }
}
