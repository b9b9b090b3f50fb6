package io.tasktrail.loopback;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// [LoopbackMain] as a child process on this JVM's class path: a broker and a registry that a test
/// can kill and start again. The child ends when this JVM does, however that ends.
public final class LoopbackProcess implements AutoCloseable {

  private static final long READY_LIMIT_SECONDS = 60;

  private static final Pattern READY =
      Pattern.compile(
          LoopbackMain.READY
              + " bootstrap\\.servers=127\\.0\\.0\\.1:(\\d+)"
              + " schema\\.registry\\.url=http://127\\.0\\.0\\.1:(\\d+)");

  private final Path data;
  private final Process process;
  private final int port;
  private final int registryPort;

  private LoopbackProcess(Path data, Process process, Matcher ready) {
    this.data = data;
    this.process = process;
    this.port = Integer.parseInt(ready.group(1));
    this.registryPort = Integer.parseInt(ready.group(2));
  }

  /// Starts both on free ports and returns when both answer.
  ///
  /// @param data where they keep what they hold, and the file `stderr`; made if absent
  /// @throws IOException when they did not start, or not within a minute: has what the child said
  public static LoopbackProcess start(Path data) throws IOException {
    return start(data, 0, 0);
  }

  private static LoopbackProcess start(Path data, int port, int registryPort) throws IOException {
    Files.createDirectories(data);
    Process process =
        launch("--until-eof", "--data=" + data, "--port=" + port, "--registry-port=" + registryPort)
            .redirectError(data.resolve("stderr").toFile())
            .start();
    try {
      return new LoopbackProcess(data, process, ready(process));
    } catch (IOException e) {
      process.destroyForcibly();
      throw new IOException(
          "loopback process did not start: " + Files.readString(data.resolve("stderr")), e);
    }
  }

  /// The main class with these arguments, on this JVM's Java and class path. Kafka unmaps its files
  /// through `sun.misc.Unsafe` and loads zstd, of which Java would warn.
  static ProcessBuilder launch(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LoopbackMain.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  private static Matcher ready(Process process) throws IOException {
    try {
      return CompletableFuture.supplyAsync(() -> firstLine(process), Thread::startVirtualThread)
          .thenApply(LoopbackProcess::addresses)
          .get(READY_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String firstLine(Process process) {
    try {
      BufferedReader lines = process.inputReader();
      return lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Matcher addresses(String line) {
    Matcher ready = READY.matcher(line == null ? "" : line);
    if (!ready.matches()) {
      throw new IllegalStateException("it is not ready but says: " + line);
    }
    return ready;
  }

  /// Value for Kafka's `bootstrap.servers`.
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /// Value for Confluent's `schema.registry.url`.
  public String registryUrl() {
    return "http://127.0.0.1:" + registryPort;
  }

  /// Kills it as `kill -9` does, and returns when it is dead.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Keeps it from doing anything: connections stay, and nothing is answered any more, as when a
  /// network swallows what it is given.
  public void freeze() throws IOException {
    signal("-STOP");
  }

  /// Lets it go on.
  public void thaw() throws IOException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .onExit()
        .join();
  }

  /// Kills it if it still lives, and starts another on the same ports and data.
  public LoopbackProcess restart() throws IOException {
    kill();
    return start(data, port, registryPort);
  }

  /// Ends it in order, and returns when it is dead.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
