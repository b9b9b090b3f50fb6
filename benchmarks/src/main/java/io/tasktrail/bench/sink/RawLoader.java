package io.tasktrail.bench.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.bench.stand.Jvm;
import io.tasktrail.bench.streams.AuditStock;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The yardstick: documents that are made before, with the ids and versions that the sink gives
/// them, are put into requests as long as the sink's, compressed and sent, as many at once as the
/// sink sends. Nothing is read, decoded, formatted, checked or repeated.
///
/// The JVM of it says `made` once the documents are there; of each line, which names an index, it
/// sends all of them there, and says `done`.
final class RawLoader {

  private static final String HEAP = "1500m";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI bulk;
  private final List<Chunk> chunks;

  private RawLoader(URI bulk, List<Chunk> chunks) {
    this.bulk = bulk;
    this.chunks = chunks;
  }

  /// A request but for the name of its index.
  private record Chunk(List<Line> lines) {}

  private static final class Line {

    private final String id;
    private final int revision;
    private final byte[] document;

    Line(AuditEvent event, Format format) {
      id = event.id().toString();
      revision = event.revision();
      document = format.format(event);
    }

    String action(String index) {
      return "{\"index\":{\"_index\":\"%s\",\"_id\":\"%s\",\"version\":%d,\"version_type\":\"external\"}}\n"
          .formatted(index, id, revision + 1);
    }
  }

  static Jvm start(Store store, int events) throws IOException {
    Jvm jvm =
        Jvm.start(
            RawLoader.class,
            List.of("-Xmx" + HEAP),
            List.of(store.address(), Integer.toString(events)));
    jvm.hear();
    return jvm;
  }

  /// The child's JVM.
  public static void main(String[] args) throws Exception {
    RawLoader loader =
        new RawLoader(URI.create(args[0] + "/_bulk"), chunks(Integer.parseInt(args[1])));
    System.out.println("made");
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String index = lines.readLine(); index != null; index = lines.readLine()) {
      loader.send(index);
      System.out.println("done");
    }
  }

  private static List<Chunk> chunks(int events) {
    Format ecs = Formats.named("ecs").orElseThrow();
    Load load = Load.OF_SINK;
    List<Chunk> chunks = new ArrayList<>();
    List<Line> open = new ArrayList<>();
    long[] bytes = new long[1];
    AuditStock.tell(
        events,
        event -> {
          Line line = new Line(event, ecs);
          if (open.size() == load.documents() || bytes[0] + line.document.length > load.bytes()) {
            chunks.add(new Chunk(List.copyOf(open)));
            open.clear();
            bytes[0] = 0;
          }
          open.add(line);
          bytes[0] += line.document.length;
        });
    chunks.add(new Chunk(List.copyOf(open)));
    return chunks;
  }

  private void send(String index) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(Load.OF_SINK.requests())) {
      List<Future<Void>> sent = new ArrayList<>();
      for (Chunk chunk : chunks) {
        sent.add(
            threads.submit(
                () -> {
                  send(body(chunk, index));
                  return null;
                }));
      }
      for (Future<Void> each : sent) {
        each.get();
      }
    }
  }

  private void send(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(bulk)
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    if (answer.statusCode() != 200 || !answer.body().contains("\"errors\":false")) {
      throw new IllegalStateException("the store does not take it: " + answer.body());
    }
  }

  private static byte[] body(Chunk chunk, String index) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 20);
    try (OutputStream out = new Gzip(body)) {
      for (Line line : chunk.lines()) {
        out.write(line.action(index).getBytes(UTF_8));
        out.write(line.document);
        out.write('\n');
      }
    }
    return body.toByteArray();
  }

  private static final class Gzip extends GZIPOutputStream {

    Gzip(OutputStream out) throws IOException {
      super(out, 64 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
