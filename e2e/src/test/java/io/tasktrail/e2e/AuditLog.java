package io.tasktrail.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The lines of an `audit-events.ecs.jsonl`.
record AuditLog(List<JsonNode> lines) {

  /// What the file holds so far; nothing when it does not exist yet.
  static AuditLog read(Path file) throws IOException {
    return read(file, "");
  }

  /// The lines that hold a text; on a busy machine they are far fewer than all.
  static AuditLog read(Path file, String text) throws IOException {
    if (Files.notExists(file)) {
      return new AuditLog(List.of());
    }
    ObjectMapper json = new ObjectMapper();
    try (Stream<String> lines = Files.lines(file)) {
      return new AuditLog(
          lines
              .filter(line -> line.contains(text))
              .map(
                  line -> {
                    try {
                      return json.readTree(line);
                    } catch (IOException malformed) {
                      throw new AssertionError("not JSON: " + line, malformed);
                    }
                  })
              .toList());
    }
  }

  AuditLog where(Predicate<JsonNode> wanted) {
    return new AuditLog(lines.stream().filter(wanted).toList());
  }

  AuditLog action(String action) {
    return where(line -> action.equals(line.at("/event/action").asText()));
  }

  /// Events of a pid, without the exec of the helper through which the JDK starts a program.
  AuditLog pid(long pid) {
    return where(
        line ->
            line.at("/process/pid").asLong() == pid
                && !(line.at("/event/action").asText().equals("exec")
                    && line.at("/process/name").asText().equals("jspawnhelper")));
  }

  /// Events of tasks that execute a program below a folder, or were forked by one.
  AuditLog under(Path folder) {
    return where(line -> line.at("/process/executable").asText().startsWith(folder + "/"));
  }

  int count() {
    return lines.size();
  }

  JsonNode only() {
    if (lines.size() != 1) {
      throw new AssertionError("expected one line, found " + lines.size() + ": " + lines);
    }
    return lines.getFirst();
  }

  Stream<String> texts(String pointer) {
    return lines.stream().map(line -> line.at(pointer).asText());
  }

  /// The comms of the last links of a line's chain.
  static List<String> lastComms(JsonNode line, int count) {
    List<JsonNode> chain = line.at("/tasktrail/chain").valueStream().toList();
    return chain.subList(Math.max(0, chain.size() - count), chain.size()).stream()
        .map(link -> link.path("comm").asText())
        .toList();
  }
}
