package io.tasktrail.packages;

import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// What agents recorded, one after the other.
record Captured(List<TaskEvent> events) {

  private record Counter(CaptureId capture, int cpu) {}

  static Captured of(List<Path> files) throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    for (Path file : files) {
      CaptureFile.read(file, events::add);
    }
    return new Captured(events);
  }

  int captures() {
    return events.stream()
        .map(event -> event.header().capture())
        .collect(Collectors.toSet())
        .size();
  }

  /// The tasks that executed a program, one for each time.
  ///
  /// @param ending of its path
  List<TaskKey> execsOf(String ending) {
    return events.stream()
        .map(TaskEvent::fact)
        .filter(Fact.Executed.class::isInstance)
        .map(Fact.Executed.class::cast)
        .filter(exec -> exec.image().executable().toString().endsWith(ending))
        .map(exec -> exec.actor().task())
        .toList();
  }

  /// The numbers of each capture and cpu that no event has.
  Map<String, List<Long>> missing() {
    Map<String, List<Long>> missing = new HashMap<>();
    numbers()
        .forEach(
            (counter, numbers) -> {
              List<Long> holes =
                  LongStream.rangeClosed(1, numbers.last())
                      .filter(each -> !numbers.contains(each))
                      .boxed()
                      .toList();
              if (!holes.isEmpty()) {
                missing.put(counter.toString(), holes);
              }
            });
    return missing;
  }

  private Map<Counter, NavigableSet<Long>> numbers() {
    Map<Counter, NavigableSet<Long>> numbers = new HashMap<>();
    for (TaskEvent event : events) {
      numbers
          .computeIfAbsent(
              new Counter(event.header().capture(), event.header().cpu()), _ -> new TreeSet<>())
          .add(event.header().sequence());
    }
    return numbers;
  }
}
