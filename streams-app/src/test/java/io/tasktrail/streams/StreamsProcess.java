package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The role in a JVM of its own, so that it can be killed as a machine that loses power is.
public final class StreamsProcess {

  private static final Pattern ENDPOINT = Pattern.compile("health and metrics at (http://\\S+)");

  private final Process process;
  private final Path log;
  private final int begun;

  /// @param begun characters in the log before this process
  private StreamsProcess(Process process, Path log, int begun) {
    this.process = process;
    this.log = log;
    this.begun = begun;
  }

  /// Starts it, and returns at once.
  ///
  /// @param directory holds the settings, and what the process says
  public static StreamsProcess start(Map<String, String> settings, Path directory)
      throws IOException {
    Path config = directory.resolve("streams.properties");
    Path log = directory.resolve("streams.log");
    int begun = Files.exists(log) ? Files.readString(log).length() : 0;
    Properties properties = new Properties();
    properties.putAll(settings);
    try (var out = Files.newBufferedWriter(config, UTF_8)) {
      properties.store(out, null);
    }
    return new StreamsProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StreamsMain.class.getName(),
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log,
        begun);
  }

  /// Where it tells its health and metrics: it logs that before all else.
  public URI endpoint() throws IOException {
    Matcher told = ENDPOINT.matcher(Files.readString(log).substring(begun));
    assertThat(told.find()).as("endpoint in the log").isTrue();
    return URI.create(told.group(1));
  }

  /// Whether it has not ended yet.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// SIGKILL: it gets no chance to do anything.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Asks it to end (SIGTERM), and returns once it has.
  ///
  /// @return the exit status
  public int end() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /// Sends it a signal.
  ///
  /// @param name as kill(1) has it, such as STOP
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).as("kill -" + name).isZero();
  }
}
