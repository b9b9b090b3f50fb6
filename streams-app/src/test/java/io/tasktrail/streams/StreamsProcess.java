package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/// The role in a JVM of its own, so that it can be killed as a machine that loses power is.
final class StreamsProcess {

  private final Process process;

  private StreamsProcess(Process process) {
    this.process = process;
  }

  /// @param directory holds the settings, and what the process says
  static StreamsProcess start(Map<String, String> settings, Path directory) throws IOException {
    Path config = directory.resolve("streams.properties");
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
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("streams.log").toFile()))
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// SIGKILL: it gets no chance to do anything.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM.
  ///
  /// @return the exit status
  int end() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }
}
