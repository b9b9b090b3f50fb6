package io.tasktrail.streams.chaos;

import io.tasktrail.streams.Figures;
import io.tasktrail.streams.StreamsProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One of the instances of the role: a process that comes back on the same directory.
final class Instance {

  private static final int TAIL_LINES = 20;

  private final Path directory;
  private final Map<String, String> settings;
  private StreamsProcess process;

  private Instance(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = new TreeMap<>(settings);
    this.settings.put("state.dir", state().toString());
  }

  /// @param directory for its state, settings and log; made if absent
  static Instance start(Path directory, Map<String, String> settings) throws IOException {
    Instance instance = new Instance(Files.createDirectories(directory), settings);
    instance.start();
    return instance;
  }

  private Path state() {
    return directory.resolve("state");
  }

  void start() throws IOException {
    process = StreamsProcess.start(settings, directory);
  }

  /// Whether it runs, or is frozen.
  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.kill();
  }

  void end() throws InterruptedException {
    process.end();
  }

  void freeze() throws IOException, InterruptedException {
    process.signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    process.signal("CONT");
  }

  /// Only of a dead one.
  void loseState() throws IOException {
    if (Files.exists(state())) {
      try (Stream<Path> files = Files.walk(state())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  Figures figures() throws IOException, InterruptedException {
    return Figures.at(process.endpoint());
  }

  /// The last that it said.
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("streams.log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
