package io.tasktrail.agent;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `tasktrail agent` as a child process.
final class AgentProcess implements AutoCloseable {

  private static final int SECONDS = 60;

  private final Process process;
  private final Path stderr;

  private AgentProcess(Process process, Path stderr) {
    this.process = process;
    this.stderr = stderr;
  }

  /// How to start one.
  ///
  /// @param prefix what runs the JVM, such as `setpriv …`
  /// @param dir for the class path and what it says; others may read it
  record Launcher(Path dir, List<String> prefix) {

    AgentProcess start(List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>(prefix);
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx32m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-XX:-UsePerfData",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              readableClassPath(),
              AgentMain.class.getName()));
      command.addAll(arguments);
      Path stderr = Files.createTempFile(dir, "agent", ".stderr");
      return new AgentProcess(
          new ProcessBuilder(command).redirectError(stderr.toFile()).start(), stderr);
    }

    /// Jars stand in a home that others may not read: they are linked, or copied.
    private String readableClassPath() throws IOException {
      Path jars = Files.createDirectories(dir.resolve("jars"));
      List<String> entries = new ArrayList<>();
      for (String entry : classPath().split(File.pathSeparator, -1)) {
        Path from = Path.of(entry);
        entries.add(Files.isRegularFile(from) ? readable(from, jars).toString() : entry);
      }
      return String.join(File.pathSeparator, entries);
    }

    private static Path readable(Path jar, Path jars) throws IOException {
      Path to = jars.resolve(jar.getFileName());
      if (!Files.exists(to)) {
        try {
          Files.createLink(to, jar);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
          Files.copy(jar, to);
        }
      }
      return to;
    }

    private static String classPath() {
      return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
  }

  /// Kills it as `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Asks it to end, as `kill -TERM` does.
  AgentProcess terminate() {
    process.destroy();
    return this;
  }

  /// Its exit status, once it has ended.
  int status() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("does not end; it said: " + said());
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  /// What it said on stderr.
  String said() {
    try {
      return Files.readString(stderr);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /// A prefix of words.
  static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }
}
