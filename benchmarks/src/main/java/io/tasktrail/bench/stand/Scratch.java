package io.tasktrail.bench.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder that goes in the end.
public record Scratch(Path folder) implements AutoCloseable {

  public static Scratch make() throws IOException {
    return new Scratch(Files.createTempDirectory("tasktrail-bench"));
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> within = Files.walk(folder)) {
      for (Path path : within.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
