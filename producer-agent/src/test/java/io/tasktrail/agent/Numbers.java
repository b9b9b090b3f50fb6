package io.tasktrail.agent;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Which sequence numbers of a capture a topic accounts for: as events, and as losses.
final class Numbers {

  private final Map<Integer, TreeSet<Long>> published = new TreeMap<>();
  private final Map<Integer, TreeSet<Long>> lost = new TreeMap<>();

  /// @throws IllegalStateException if a number was used for two different events
  static Numbers of(List<TaskEvent> events) {
    Numbers numbers = new Numbers();
    Map<List<Long>, Fact> facts = new HashMap<>();
    for (TaskEvent event : events) {
      int cpu = event.header().cpu();
      long sequence = event.header().sequence();
      Fact fact = asCaptured(event.fact());
      Fact before = facts.putIfAbsent(List.of((long) cpu, sequence), fact);
      if (before != null && !before.equals(fact)) {
        throw new IllegalStateException(cpu + "/" + sequence + ": " + before + event.fact());
      }
      numbers.published(cpu).add(sequence);
      if (event.fact() instanceof Fact.EventsLost loss) {
        LongStream.rangeClosed(loss.first(), loss.last()).forEach(numbers.lost(loss.cpu())::add);
      }
    }
    return numbers;
  }

  /// What one agent may add in time and the next does not: names of users, and the arguments of
  /// what runs already.
  private static Fact asCaptured(Fact fact) {
    return switch (fact) {
      case Fact.Executed it ->
          new Fact.Executed(
              it.actor(), it.parent(), it.oldPid(), it.image(), it.arguments(), it.place());
      case Fact.TaskSeen it -> it.with(Arguments.NONE);
      default -> fact;
    };
  }

  /// The numbers of a cpu that were published.
  NavigableSet<Long> published(int cpu) {
    return published.computeIfAbsent(cpu, _ -> new TreeSet<>());
  }

  /// The numbers of a cpu that were declared lost.
  NavigableSet<Long> lost(int cpu) {
    return lost.computeIfAbsent(cpu, _ -> new TreeSet<>());
  }

  /// The numbers from 1 on that are neither.
  List<Long> unsaid(int cpu, long last) {
    return LongStream.rangeClosed(1, last)
        .filter(number -> !published(cpu).contains(number) && !lost(cpu).contains(number))
        .boxed()
        .toList();
  }
}
