package io.tasktrail.bench.stand;

import io.tasktrail.role.Failure;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM of its own with this one's class path and options, so that what it costs is its own. It is
/// talked to in lines on its stdin and stdout, and ends when its stdin does: also when this JVM is
/// killed.
public record Jvm(Process process, BufferedReader said, BufferedWriter told)
    implements AutoCloseable {

  private static final Duration ENDING = Duration.ofSeconds(40);
  /// Kafka complains of each new topic that it is not everywhere at once. What fails is thrown too.
  private static final List<String> QUIET =
      List.of(
          "-Dorg.slf4j.simpleLogger.log.org.apache.kafka=off",
          "-Dorg.slf4j.simpleLogger.log.kafka=off");

  /// Starts one.
  ///
  /// @param options of the JVM, over this one's
  public static Jvm start(Class<?> main, List<String> options, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    all.addAll(QUIET);
    all.addAll(options);
    return start(System.getProperty("java.class.path"), main.getName(), all, arguments);
  }

  /// Starts one with a class path and options of its own: of another's program.
  public static Jvm start(
      String classPath, String main, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new Jvm(
        process,
        process.inputReader(StandardCharsets.UTF_8),
        process.outputWriter(StandardCharsets.UTF_8));
  }

  /// Sends it a line.
  public void tell(String line) throws IOException {
    told.write(line);
    told.newLine();
    told.flush();
  }

  /// Waits for its next line.
  ///
  /// @throws Failure if it has ended instead
  public String hear() throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new Failure(
          "a JVM of the benchmark ended", "process " + process.pid(), "see what it said above");
    }
    return line;
  }

  /// CPU time so far, in seconds; the kernel tells it in hundredths.
  public double cpuSeconds() {
    return Child.cpuSeconds(process.toHandle());
  }

  /// Ends it in good order, or by force when that takes too long.
  @Override
  public void close() throws IOException {
    try {
      told.close();
    } catch (IOException hasEnded) {
      // what could not be told need not be
    }
    try {
      if (!process.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
  }
}
