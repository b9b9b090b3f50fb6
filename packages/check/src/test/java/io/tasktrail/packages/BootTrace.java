package io.tasktrail.packages;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /// What follows it is not the task's choice, as a comm before it is.
  private static final Pattern PID =
      Pattern.compile("pid=(\\d+) (?:comm=.* clone_flags=\\S+ |old_pid=|prio=)\\S+$");

  private static final Pattern FLAGS = Pattern.compile(" clone_flags=([0-9a-f]+) \\S+$");

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
              Integer.parseInt(find(PID, rest).orElseThrow()),
              find(FLAGS, rest).map(flags -> Long.parseLong(flags, 16) & CLONE_THREAD).orElse(0L)
                  != 0));
    }

    private static Optional<String> find(Pattern pattern, String text) {
      return Optional.of(pattern.matcher(text)).filter(Matcher::find).map(found -> found.group(1));
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

  /// How many it has after a time.
  long countAfter(long nanos) {
    return all.stream().filter(each -> each.nanos() > nanos).count();
  }

  /// How many programs were executed up to a time.
  long execsUpTo(long nanos) {
    return all.stream().filter(each -> each.nanos() <= nanos && each.kind().equals("exec")).count();
  }

  /// What it has after a time and is not among these events, such as `exec 4711`.
  List<String> notIn(List<TaskEvent> events, long afterNanos) {
    return without(
        all.stream().filter(each -> each.nanos() > afterNanos).map(Traced::what), captured(events));
  }

  /// What of these events it does not have: of those from a time on, until the tracer was stopped.
  /// The tracer takes the time of what both see a little before the capture does.
  List<String> lacks(List<TaskEvent> events, long afterNanos) {
    long end = all.getLast().nanos();
    List<TaskEvent> meanwhile =
        events.stream()
            .filter(each -> each.header().bootNanos() > afterNanos)
            .filter(each -> each.header().bootNanos() <= end)
            .toList();
    return without(captured(meanwhile), all.stream().map(Traced::what));
  }

  private static List<String> without(Stream<String> these, Stream<String> those) {
    List<String> rest = new ArrayList<>(these.toList());
    those.forEach(rest::remove);
    return rest;
  }

  private static Stream<String> captured(List<TaskEvent> events) {
    return events.stream()
        .map(TaskEvent::fact)
        .flatMap(
            fact ->
                switch (fact) {
                  case Fact.Forked fork -> Stream.of("fork " + fork.child().pid());
                  case Fact.Executed exec -> Stream.of("exec " + exec.actor().task().pid());
                  case Fact.Exited exit -> Stream.of("exit " + exit.actor().task().pid());
                  default -> Stream.empty();
                });
  }
}
