package io.tasktrail.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// A distributed worker of Kafka Connect, as an administrator starts one: a process with
/// `plugin.path`, and nothing of tasktrail before it.
final class ConnectProcess implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final URI rest;
  private final Path log;

  private ConnectProcess(Process process, URI rest, Path log) {
    this.process = process;
    this.rest = rest;
    this.log = log;
  }

  /// Starts one; it does not answer yet.
  ///
  /// @param plugins a folder with a folder for each plugin
  /// @param port of its REST interface
  static ConnectProcess start(Path folder, Path plugins, String brokers, int port)
      throws IOException {
    Path settings = folder.resolve("worker-" + port + ".properties");
    URI rest = URI.create("http://127.0.0.1:" + port);
    try (Writer out = Files.newBufferedWriter(settings)) {
      Properties properties = new Properties();
      properties.putAll(properties(plugins, brokers, rest));
      properties.store(out, null);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of("org.apache.kafka.connect.cli.ConnectDistributed", settings.toString()));
    Path log = folder.resolve("worker-" + port + ".log");
    return new ConnectProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        rest,
        log);
  }

  private static Map<String, String> properties(Path plugins, String brokers, URI rest) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", brokers);
    properties.put("group.id", "connect-cluster");
    properties.put("listeners", rest.toString());
    properties.put("plugin.path", plugins.toString());
    properties.put("plugin.discovery", "service_load");
    properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    for (String what : List.of("config", "offset", "status")) {
      properties.put(what + ".storage.topic", "connect-" + what);
      properties.put(what + ".storage.replication.factor", "1");
    }
    properties.put("offset.storage.partitions", "1");
    properties.put("status.storage.partitions", "1");
    // A worker that is killed is missed soon.
    properties.put("scheduled.rebalance.max.delay.ms", "0");
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "2000");
    return properties;
  }

  /// What lies in the folders of this build is tasktrail's.
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
        .filter(entry -> !entry.contains("/target/"))
        .collect(Collectors.joining(":"));
  }

  /// What it answers; status 0 while it does not.
  Answer get(String path) {
    return send(HttpRequest.newBuilder(rest.resolve(path)));
  }

  Answer put(String path, String json) {
    return send(
        HttpRequest.newBuilder(rest.resolve(path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException notYet) {
      return new Answer(0, notYet.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /// An answer of the REST interface.
  record Answer(int status, String body) {}

  /// It has not ended.
  void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + ": " + said());
    }
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// `host:port`, as the cluster names it.
  String id() {
    return rest.getAuthority();
  }

  /// As `kill -9`.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
