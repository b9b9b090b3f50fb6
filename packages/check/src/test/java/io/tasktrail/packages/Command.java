package io.tasktrail.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program, run to its end.
final class Command {

  static final Path HOME = Path.of(System.getProperty("tasktrail.home")).normalize();

  private static final Duration AT_MOST = Duration.ofMinutes(12);

  private Command() {}

  /// What one that has ended left behind.
  ///
  /// @param text both of its outputs, as they came
  record Ended(int status, String text) {

    /// The text of one that had to succeed.
    String done() {
      if (status != 0) {
        throw new AssertionError("exit status " + status + ":\n" + text);
      }
      return text;
    }
  }

  static Ended run(String... words) {
    return run(Map.of(), words);
  }

  /// @throws AssertionError if it does not end in time
  static Ended run(Map<String, String> environment, String... words) {
    try {
      Path output = Files.createTempFile("tasktrail-packages", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(List.of(words))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return ended(builder.start(), output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException failed) {
      throw new AssertionError(String.join(" ", words) + " did not start", failed);
    }
  }

  private static Ended ended(Process process, Path output) throws IOException {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("not ended within " + AT_MOST + ":\n" + Files.readString(output));
      }
      return new Ended(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }
}
