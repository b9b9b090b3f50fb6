package io.tasktrail.bench;

import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Scratch;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/// Another's tool, which writes a line for each event.
///
/// @param command makes it write line by line
/// @param fork whether a line tells of a fork by the storm, and so on
record LineWatcher(
    String name,
    List<String> command,
    Scratch scratch,
    Predicate<String> fork,
    Predicate<String> exec,
    Predicate<String> exit)
    implements Watcher {

  private static final String BPFTRACE =
      """
      tracepoint:sched:sched_process_fork { printf("fork %d %s\\n", pid, comm); }
      tracepoint:sched:sched_process_exec
      { printf("exec %d %s %s\\n", pid, comm, str(args->filename)); }
      tracepoint:sched:sched_process_exit { printf("exit %d %s\\n", pid, comm); }
      """;

  /// Pid and comm of each event, and the file of an exec.
  static LineWatcher bpftrace(Scratch scratch) {
    return new LineWatcher(
        "bpftrace",
        List.of("bpftrace", "-B", "line", "-e", BPFTRACE),
        scratch,
        line -> line.startsWith("fork ") && line.endsWith(" " + Storm.STARTER),
        line -> line.startsWith("exec ") && line.contains(" " + Storm.PROGRAM + " "),
        line -> line.startsWith("exit ") && line.endsWith(" " + Storm.PROGRAM));
  }

  /// Events of the proc connector. It looks the names up in /proc, where short programs are gone:
  /// so events of anybody are counted.
  static LineWatcher forkstat(Scratch scratch) {
    return new LineWatcher(
        "forkstat (anybody's)",
        List.of("forkstat", "-l", "-e", "fork,exec,exit"),
        scratch,
        line -> line.contains(" fork ") && line.contains(" parent "),
        line -> line.contains(" exec "),
        line -> line.contains(" exit "));
  }

  @Override
  public List<String> needs() {
    return List.of(command.getFirst());
  }

  @Override
  public Watch start() throws IOException {
    Child child = Child.start(scratch.file("watcher.log"), command);
    return new AtWork(child, new Tail(child.log()), this);
  }

  private Seen count(String line) {
    return new Seen(one(fork, line), one(exec, line), one(exit, line));
  }

  private static long one(Predicate<String> kind, String line) {
    return kind.test(line) ? 1 : 0;
  }

  private static final class AtWork implements Watch {

    private final Child child;
    private final Tail tail;
    private final LineWatcher watcher;
    private Seen seen = Seen.NONE;

    AtWork(Child child, Tail tail, LineWatcher watcher) {
      this.child = child;
      this.tail = tail;
      this.watcher = watcher;
    }

    @Override
    public Child child() {
      return child;
    }

    @Override
    public Seen seen() throws IOException {
      for (String line : tail.read()) {
        seen = seen.plus(watcher.count(line));
      }
      return seen;
    }

    /// They say so in ways of their own, if at all.
    @Override
    public long lost() {
      return 0;
    }

    @Override
    public void close() {
      child.close();
      tail.close();
    }
  }
}
