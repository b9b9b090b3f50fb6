package io.tasktrail.sink.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a reader finds in a folder where the current file is `lines.log`.
record Lines(Path directory) {

  Path current() {
    return directory.resolve("lines.log");
  }

  /// The finished files, by their names.
  List<Path> finished() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("lines\\.\\d.*\\.log"))
          .sorted()
          .toList();
    }
  }

  /// All lines, those of finished files first.
  List<String> all() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : finished()) {
      lines.addAll(Files.readAllLines(file));
    }
    if (Files.exists(current())) {
      lines.addAll(Files.readAllLines(current()));
    }
    return lines;
  }
}
