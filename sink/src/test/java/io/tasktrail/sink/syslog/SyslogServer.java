package io.tasktrail.sink.syslog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A real server of syslog as a process of its own, on loopback. It writes each message that it
/// read as a line: the structured data as it parsed it, as JSON, a tab, and the rest. Each start
/// has a file of its own: a line that a kill tore is not gone on with by the next one.
abstract class SyslogServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(30);

  final Path folder;
  final int port;
  private final boolean isEncrypted;
  private Process process;
  private int starts;

  /// @param isEncrypted whether it speaks TLS, and wants a certificate
  SyslogServer(Path folder, boolean isEncrypted) throws IOException {
    this.folder = folder;
    this.isEncrypted = isEncrypted;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = any.getLocalPort();
    }
  }

  /// The command that runs it.
  abstract ProcessBuilder command() throws IOException;

  final Server address() {
    return new Server(isEncrypted, "127.0.0.1", port);
  }

  /// Where it writes what it read since its last start.
  final Path out() {
    return out(starts);
  }

  private Path out(int start) {
    return folder.resolve("out-" + start);
  }

  final void start() throws IOException {
    starts++;
    process =
        command()
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()))
            .start();
    Awaitility.await().atMost(START).until(this::isListening);
  }

  private boolean isListening() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("it ended: " + Files.readString(folder.resolve("said")));
    }
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /// As `kill -9`.
  final void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// A message as it was parsed.
  record Received(Map<String, String> data, String rest) {

    String id() {
      return data.get("id");
    }
  }

  /// What it wrote so far, over all starts.
  final List<Received> received() {
    return IntStream.rangeClosed(1, starts)
        .mapToObj(this::out)
        .filter(Files::exists)
        .flatMap(SyslogServer::wholeLines)
        .map(SyslogServer::received)
        .toList();
  }

  /// The last line may lack its end: it is being written, or whoever wrote it was killed.
  private static Stream<String> wholeLines(Path file) {
    try {
      String written = Files.readString(file);
      return written.substring(0, written.lastIndexOf('\n') + 1).lines();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Received received(String line) {
    int tab = line.lastIndexOf('\t');
    try {
      JsonNode data = JSON.readTree(line.substring(0, tab));
      Map<String, String> parameters = new TreeMap<>();
      data.findPath("tasktrail@32473")
          .properties()
          .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
      return new Received(parameters, line.substring(tab + 1).strip());
    } catch (JsonProcessingException notThat) {
      throw new UncheckedIOException(line, notThat);
    }
  }

  @Override
  public final void close() {
    if (process != null) {
      kill();
    }
  }
}
