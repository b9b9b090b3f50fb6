package io.tasktrail.sink;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `tasktrail sink` as a process of its own.
public final class SinkProcess implements AutoCloseable {

  /// How often [#killInTheMiddle] does it: `-Dsink.kills=30` for more.
  public static final int KILLS = Integer.getInteger("sink.kills", 4);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");

  private final Process process;
  private final Path stderr;

  private SinkProcess(Process process, Path stderr) {
    this.process = process;
    this.stderr = stderr;
  }

  /// Starts one.
  ///
  /// @param before words of a command that executes the rest of its words; may be none
  public static SinkProcess start(List<String> before, Map<String, String> settings, Path stderr)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SinkMain.class.getName());
    command.addAll(List.of("--config", config(settings, stderr.resolveSibling("settings"))));
    return new SinkProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(stderr.toFile()))
            .start(),
        stderr);
  }

  /// Starts one after the other, and kills each once it delivered some of what it is given.
  ///
  /// @param give gives it something
  /// @param delivered how much of all that was given is there
  public static void killInTheMiddle(
      Callable<SinkProcess> start, Callable<?> give, Callable<? extends Number> delivered)
      throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      try (SinkProcess sink = start.call()) {
        long before = delivered.call().longValue();
        give.call();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(1))
            .until(
                () -> {
                  sink.requireAlive();
                  return delivered.call().longValue() > before;
                });
        sink.kill();
      }
    }
  }

  /// In a file, as a user must: there are secrets among them.
  private static String config(Map<String, String> settings, Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (Writer out = Files.newBufferedWriter(file)) {
      Properties properties = new Properties();
      properties.put("http.listen", "off");
      properties.putAll(settings);
      properties.store(out, null);
    }
    return file.toString();
  }

  long pid() {
    return process.pid();
  }

  /// What it said, and those before it that were given the same file.
  public String said() {
    try {
      return Files.readString(stderr);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Memory of its own that it has touched, in MiB.
  public long anonymousMib() {
    try {
      Matcher line = ANONYMOUS.matcher(Files.readString(Path.of("/proc/" + pid() + "/status")));
      return line.find() ? Long.parseLong(line.group(1)) >> 10 : 0;
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  /// Waits until it has delivered all of a topic.
  public void awaitDrained(AuditTopic topic, Duration atMost) {
    await()
        .atMost(atMost)
        .until(
            () -> {
              requireAlive();
              return topic.isDrained();
            });
  }

  /// The same, within a minute.
  public void awaitDrained(AuditTopic topic) {
    awaitDrained(topic, PATIENCE);
  }

  /// It has not ended.
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + ": " + said());
    }
  }

  /// As `kill -9`.
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// As SIGTERM.
  ///
  /// @return the exit status
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("it did not end: " + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
