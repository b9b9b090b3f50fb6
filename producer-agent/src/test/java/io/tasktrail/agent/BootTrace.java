package io.tasktrail.agent;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the kernel's own tracer (`/sys/kernel/tracing/trace`, times of CLOCK_BOOTTIME) says of
/// forks, execs and exits of processes; its events of threads are left out.
final class BootTrace {

  private static final long CLONE_THREAD = 0x10000;

  private static final Pattern BUFFER =
      Pattern.compile("# entries-in-buffer/entries-written: (\\d+)/(\\d+) .*");

  private static final Pattern LINE =
      Pattern.compile(" (\\d+)\\.(\\d{6}): (?:(task_newtask)|sched_process_(exec|exit)): (.*)");

  private static final Pattern PID = Pattern.compile("(?:^| )pid=(\\d+) ");
  private static final Pattern FLAGS = Pattern.compile(" clone_flags=([0-9a-f]+) ");

  private final List<Traced> all;
  private final boolean whole;

  /// One of them.
  private record Traced(long nanos, String kind, int pid, boolean thread) {

    static Optional<Traced> of(String line) {
      Matcher found = LINE.matcher(line);
      if (!found.find()) {
        return Optional.empty();
      }
      String rest = found.group(5);
      return Optional.of(
          new Traced(
              Long.parseLong(found.group(1) + found.group(2)) * 1000,
              found.group(4) == null ? "fork" : found.group(4),
              Integer.parseInt(first(PID, rest).orElseThrow()),
              first(FLAGS, rest).map(flags -> Long.parseLong(flags, 16) & CLONE_THREAD).orElse(0L)
                  != 0));
    }

    private static Optional<String> first(Pattern pattern, String text) {
      return pattern.matcher(text + " ").results().map(result -> result.group(1)).findFirst();
    }

    String what() {
      return kind + " " + pid;
    }
  }

  private BootTrace(List<Traced> all, boolean whole) {
    this.all = all;
    this.whole = whole;
  }

  static BootTrace parse(List<String> lines) {
    List<Traced> traced = lines.stream().map(Traced::of).flatMap(Optional::stream).toList();
    Set<Integer> threads =
        traced.stream()
            .filter(Traced::thread)
            .map(Traced::pid)
            .collect(Collectors.toCollection(HashSet::new));
    return new BootTrace(
        traced.stream().filter(each -> !threads.contains(each.pid())).toList(),
        lines.stream()
            .map(BUFFER::matcher)
            .filter(Matcher::matches)
            .anyMatch(found -> found.group(1).equals(found.group(2))));
  }

  /// Whether the tracer's buffer held all that there was.
  boolean isWhole() {
    return whole;
  }

  /// How often a process did something, such as `exec 4711`, after a time.
  Map<String, Long> after(long nanos) {
    return counted(all.stream().filter(each -> each.nanos() > nanos).map(Traced::what));
  }

  /// How many programs were executed before a time.
  long execsBefore(long nanos) {
    return all.stream().filter(each -> each.nanos() <= nanos && each.kind().equals("exec")).count();
  }

  /// The same of what was captured between that time and the tracer's end.
  Map<String, Long> ofCaptured(List<TaskEvent> events, long afterNanos) {
    long end = all.getLast().nanos() + 999;
    return counted(
        events.stream()
            .filter(each -> each.header().bootNanos() > afterNanos)
            .filter(each -> each.header().bootNanos() <= end)
            .map(TaskEvent::fact)
            .flatMap(
                fact ->
                    switch (fact) {
                      case Fact.Forked fork -> Stream.of("fork " + fork.child().pid());
                      case Fact.Executed exec -> Stream.of("exec " + exec.actor().task().pid());
                      case Fact.Exited exit -> Stream.of("exit " + exit.actor().task().pid());
                      default -> Stream.empty();
                    }));
  }

  private static Map<String, Long> counted(Stream<String> what) {
    return what.collect(
        Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }
}
