package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Programs that tests run.
final class Shell {

  private static final int SECONDS = 60;

  private Shell() {}

  /// How a program ended and what it said, both streams together.
  record Ended(long pid, int status, String output) {}

  static Ended run(String... command) {
    return run(List.of(command));
  }

  static Ended run(List<String> command) {
    try {
      Path output = Files.createTempFile("tasktrail-", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("does not end: " + command);
      }
      String said = Files.readString(output, UTF_8);
      Files.delete(output);
      return new Ended(process.pid(), process.exitValue(), said);
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /// A program in PATH.
  static Optional<Path> find(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(dir -> Path.of(dir, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
