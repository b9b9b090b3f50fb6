package io.tasktrail.sink.bulk;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A real OpenSearch on loopback, in a process with nothing but its own jars (module `opensearch`).
/// It has neither TLS nor users.
final class OpenSearch implements RealStore {

  private static final Path LIB = Path.of(System.getProperty("opensearch.lib", "absent"));

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path home;
  private Process process;
  private URI address;

  private OpenSearch(Path home) throws IOException {
    this.home = home;
    run(List.of());
  }

  static boolean isThere() {
    return Files.isDirectory(LIB);
  }

  static OpenSearch start() throws IOException {
    return new OpenSearch(Files.createTempDirectory("tasktrail-store"));
  }

  private void run(List<String> port) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", LIB + "/*", "io.tasktrail.opensearch.OpenSearchMain"));
    command.add(home.resolve("home").toString());
    command.addAll(port);
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null) {
      throw new AssertionError("it did not start: " + Files.readString(home.resolve("log")));
    }
    address = URI.create(line);
  }

  /// As `kill -9`.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Comes back at its address, with its documents.
  void restart() throws IOException {
    run(List.of(Integer.toString(address.getPort())));
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Optional<Path> authority() {
    return Optional.empty();
  }

  @Override
  public Optional<String> user() {
    return Optional.empty();
  }

  @Override
  public HttpClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    kill();
    client.close();
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    }
  }
}
