package io.tasktrail.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A situation: events in, histories out. The files say how they are written
/// (`scenarios/README.md`).
record Scenario(String name, FoldLimits limits, List<TaskEvent> events, List<String> histories) {

  /// The names of all. A test that takes a scenario reads it by its name ([#named]), and no other.
  static List<String> names() {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// What the fold makes of events, under the bounds of this scenario.
  List<String> told(List<TaskEvent> input) {
    InMemoryHostState state = new InMemoryHostState();
    Telling telling = new Telling(input);
    List<String> lines = new ArrayList<>();
    for (AuditEvent emitted : emitted(state, input)) {
      lines.add(telling.of(emitted));
    }
    lines.addAll(telling.of(state));
    return lines;
  }

  /// What the fold emits for events.
  List<AuditEvent> emitted(HostState state, List<TaskEvent> input) {
    Fold fold = new Fold(limits);
    return input.stream().flatMap(event -> fold.apply(state, event).stream()).toList();
  }

  /// The same, but nothing is forgotten early: so that no event changes the history of another
  /// task.
  Scenario withoutHurry() {
    FoldLimits patient =
        limits
            .with(Bound.GRACE, Bound.GRACE.preset())
            .with(Bound.ENDED_TASKS, Bound.ENDED_TASKS.preset())
            .with(Bound.TASKS, Bound.TASKS.preset())
            .with(Bound.BOOT_SILENCE, Long.MAX_VALUE);
    return new Scenario(name, patient, events, histories);
  }

  @Override
  public String toString() {
    return name;
  }

  /// The one of this name.
  static Scenario named(String name) {
    Path folder = root().resolve(name);
    EventLines parsed = EventLines.parse(lines(folder.resolve("events")));
    return new Scenario(
        name, parsed.limits(), parsed.delivered(), lines(folder.resolve("histories")));
  }

  /// The lines of a file that are not comments.
  private static List<String> lines(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file, UTF_8).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path root() {
    try {
      return Path.of(Scenario.class.getResource("/scenarios").toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
