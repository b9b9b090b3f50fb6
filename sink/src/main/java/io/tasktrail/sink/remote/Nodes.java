package io.tasktrail.sink.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Servers any of which will do, asked by HTTP, by any number of threads. Keeps to one of them
/// until that does not answer.
public final class Nodes implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final List<URI> nodes;
  private final Optional<Path> authority;
  private final Optional<String> authorization;
  private final Duration timeout;
  private final AtomicInteger node = new AtomicInteger();
  private Optional<HttpClient> client = Optional.empty();
  private boolean closed;

  /// Nothing is asked or read yet.
  ///
  /// @param nodes addresses, at least one
  /// @param authority who signed their certificates, PEM; empty: whom Java trusts
  /// @param authorization of each request, the header's value
  /// @param timeout of a request
  public Nodes(
      List<URI> nodes, Optional<Path> authority, Optional<String> authorization, Duration timeout) {
    this.nodes = List.copyOf(nodes);
    this.authority = authority;
    this.authorization = authorization;
    this.timeout = timeout;
  }

  /// Addresses of nodes.
  ///
  /// @param list several joined by commas
  public static List<URI> addresses(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).map(URI::create).toList();
  }

  /// An answer, whatever it says.
  public record Answer(int status, String body) {}

  /// A request to the node at hand.
  ///
  /// @param path of it, with the query, behind the node's own
  public HttpRequest.Builder request(String path) {
    String base = at().toString().replaceAll("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  /// Asks.
  ///
  /// @throws IOException if no answer comes: says of whom, and the next request goes to the next
  ///     node; if the authority can't be read
  public Answer send(HttpRequest.Builder request) throws IOException {
    HttpClient connected = connected();
    int asked = node.get();
    try {
      HttpResponse<String> response =
          connected.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (IOException silent) {
      node.compareAndSet(asked, (asked + 1) % nodes.size());
      throw new IOException(nodes.get(asked) + " does not answer: " + silent, silent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(at() + ": interrupted", stopped);
    }
  }

  private synchronized HttpClient connected() throws IOException {
    if (closed) {
      throw new IOException(at() + ": closed");
    }
    if (client.isEmpty()) {
      HttpClient.Builder builder =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
      if (authority.isPresent()) {
        builder.sslContext(Trust.in(authority.get()));
      }
      client = Optional.of(builder.build());
    }
    return client.get();
  }

  /// Gives up the connections: who is asked next is connected to anew, by certificates that are
  /// read anew. Whoever waits for an answer gets none.
  public synchronized void renew() {
    client.ifPresent(HttpClient::shutdownNow);
    client = Optional.empty();
    closed = false;
  }

  /// The node at hand.
  public URI at() {
    return nodes.get(node.get());
  }

  /// Whoever waits for an answer gets none, and nobody is asked before [#renew].
  @Override
  public synchronized void close() {
    renew();
    closed = true;
  }
}
