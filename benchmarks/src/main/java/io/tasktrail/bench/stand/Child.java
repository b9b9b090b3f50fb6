package io.tasktrail.bench.stand;

import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process that is measured or helps to, ended when it is closed.
///
/// @param log where it writes what it says
public record Child(Process process, Path log) implements AutoCloseable {

  private static final Duration ENDING = Duration.ofSeconds(40);
  private static final long KIB = 1024;

  /// Starts a program that goes on; what it says, on stdout and stderr, goes to a file.
  public static Child start(Path log, List<String> command) throws IOException {
    return new Child(builder(command).redirectOutput(log.toFile()).start(), log);
  }

  /// A command of `tasktrail`, by its launcher as a user starts it.
  public static Child role(Path log, String... words) throws IOException {
    Path launcher = Path.of(System.getProperty("tasktrail.home"), "tasktrail");
    return start(log, Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList());
  }

  /// Runs a program to its end.
  ///
  /// @return what it said
  /// @throws Failure if it failed
  public static String run(List<String> command) throws IOException, InterruptedException {
    Process process = builder(command).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new Failure("failed", String.join(" ", command), said.strip());
    }
    return said.strip();
  }

  private static ProcessBuilder builder(List<String> command) {
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /// CPU time so far of the process and of those that it started and that still run, in seconds;
  /// the kernel tells it in hundredths.
  public double cpuSeconds() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToDouble(Child::cpuSeconds)
        .sum();
  }

  /// CPU time of any process.
  public static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /// A line of /proc/PID/status that tells memory, such as RssAnon or VmHWM: in MiB.
  public double memoryMib(String name) throws IOException {
    return memoryMib(process.toHandle(), name);
  }

  /// See [#memoryMib(String)].
  public static double memoryMib(ProcessHandle process, String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String[] words =
          lines
              .filter(line -> line.startsWith(name + ":"))
              .findFirst()
              .orElseThrow()
              .split("\\s+", -1);
      return Double.parseDouble(words[1]) / KIB;
    }
  }

  /// Returns while it runs.
  ///
  /// @throws Failure with what it said last, if it has ended
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new Failure(
          "ended with " + process.exitValue(),
          process.info().command().orElse(log.getFileName().toString()),
          Files.readAllLines(log).reversed().stream().limit(5).collect(Collectors.joining(" | ")));
    }
  }

  /// Ends it in good order, or by force when that takes too long.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
  }
}
