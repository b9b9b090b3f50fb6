package io.tasktrail.sink.bulk;

import io.tasktrail.sink.remote.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/// A store as HTTP shows it.
final class Store implements AutoCloseable {

  private final Nodes nodes;

  Store(BulkPlan plan) throws IOException {
    nodes = new Nodes(plan.nodes(), plan.authority(), plan.authorization(), plan.timeout());
  }

  /// Sends documents.
  ///
  /// @param body compressed by gzip
  /// @throws IOException if no answer comes: says of whom
  Nodes.Answer bulk(byte[] body) throws IOException {
    return nodes.send(
        nodes
            .request("/_bulk?filter_path=" + BulkReply.FILTER + ",error")
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /// Puts a document of the store's own.
  Nodes.Answer put(String path, byte[] json) throws IOException {
    return nodes.send(
        nodes
            .request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  /// Puts something that needs no words.
  Nodes.Answer put(String path) throws IOException {
    return nodes.send(nodes.request(path).PUT(HttpRequest.BodyPublishers.noBody()));
  }

  /// What the store says of something of its own.
  Nodes.Answer get(String path) throws IOException {
    return nodes.send(nodes.request(path).GET());
  }

  /// The node at hand.
  URI at() {
    return nodes.at();
  }

  @Override
  public void close() {
    nodes.close();
  }
}
