package io.tasktrail.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs `./tasktrail` as a user does.
final class Launcher {

  /// Where the launcher finds the built loader, from the project's root.
  static final String LOADER = "producer-agent/target/tasktrail-arm";

  /// The same of what listens to the proc connector.
  static final String LISTENER = "producer-agent/target/tasktrail-listen";

  static final Path HOME = Path.of(System.getProperty("tasktrail.home"));

  private Launcher() {}

  /// What a command that has ended left behind.
  record Ended(int status, String out, String err) {}

  static ProcessBuilder command(String... words) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("tasktrail").toString());
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }

  /// Runs a command to its end.
  ///
  /// @throws AssertionError if it takes longer than it may
  static Ended run(Duration atMost, ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      var out = reading(process.getInputStream());
      var err = reading(process.getErrorStream());
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(builder.command() + " did not end within " + atMost);
      }
      return new Ended(process.exitValue(), out.join(), err.join());
    } catch (IOException failed) {
      throw new AssertionError(builder.command() + " did not start", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private static java.util.concurrent.CompletableFuture<String> reading(InputStream stream) {
    return java.util.concurrent.CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException broken) {
            return broken.toString();
          }
        });
  }
}
