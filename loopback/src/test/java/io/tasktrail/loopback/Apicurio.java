package io.tasktrail.loopback;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Apicurio Registry as a child process on 127.0.0.1, everything in memory, spoken to through its
/// Confluent-compatible API.
final class Apicurio implements AutoCloseable {

  private static final Path DIRECTORY = Path.of(System.getProperty("apicurio.directory", "none"));
  private static final Path JAR = DIRECTORY.resolve("quarkus-run.jar");
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private Apicurio(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isThere() {
    return Files.isRegularFile(JAR);
  }

  /// Returns when it answers, its level for new subjects set: its own default is NONE.
  static Apicurio start() throws Exception {
    int port = freePort();
    Apicurio started = new Apicurio(launched(port, freePort()), port);
    try {
      await("Apicurio answers; see its log in " + DIRECTORY)
          .atMost(READY_LIMIT)
          .failFast(() -> !started.process.isAlive())
          .ignoreExceptions()
          .until(started::hasLevel);
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static Process launched(int port, int managementPort) throws IOException {
    File log = DIRECTORY.resolve("apicurio.log").toFile();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + managementPort,
            "-jar",
            JAR.toString())
        .redirectErrorStream(true)
        .redirectOutput(log)
        .start();
  }

  /// It can't be given a socket, so the port is only likely to be free still when it starts.
  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(LoopbackPort.free().address());
      return probe.getLocalPort();
    }
  }

  /// Not by Confluent's client: it logs each refusal as an error.
  private boolean hasLevel() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/config"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
