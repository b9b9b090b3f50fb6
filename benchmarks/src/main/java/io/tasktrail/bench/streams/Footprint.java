package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a live task takes, on the broker and on the heap, and how long it takes to restore many.
record Footprint(Stand stand, Scorecard scorecard) {

  private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

  /// What a task takes is what so many times more tasks take more: buffers of Kafka's clients, and
  /// what is kept decoded, are as large with few of them.
  private static final int MORE = 5;

  /// Of how many tasks the goal of restoring speaks.
  private static final int GOAL_TASKS = 1_000_000;

  Table measure() throws Exception {
    int tasks = stand.options().tasks();
    Lifetime none = lifetime(0);
    Lifetime some = lifetime(tasks / MORE);
    Lifetime many = lifetime(tasks);
    score(none, some, many);
    Table table =
        new Table(
            "footprint",
            "state: key B",
            "value B",
            "heap MiB",
            "heap B",
            "restored MiB",
            "restored B",
            "start s");
    table.row(row(none, none)).row(row(some, none)).row(row(many, some));
    return table
        .note(
            "B: a task, whose chain has the kernel and %d execs, and whose command line has %.0f bytes"
                .formatted(CrowdedHost.CHAIN, some.commandLineBytes()))
        .note(
            "state: what the changelogs hold once compacted; heap: in use after a full collection; of a task: what it is more than in the line above, by the tasks that are more")
        .note(
            "start: until it runs, in a new JVM, its state on the broker alone; median of some starts");
  }

  private Lifetime lifetime(int tasks) throws Exception {
    LOG.info("footprint: {} live tasks", tasks);
    return Lifetime.of(tasks, stand);
  }

  private void score(Lifetime none, Lifetime some, Lifetime many) {
    double commandLine = some.commandLineBytes();
    scorecard.measured(
        Goal.STATE_BYTES, some.keyBytesPerTask() + some.valueBytesPerTask(), commandLine);
    scorecard.measured(Goal.HEAP_BYTES, many.heapBytesPerTask(some), commandLine);
    scorecard.measured(Goal.RESTORED_BYTES, many.restoredBytesPerTask(some), commandLine);
    double restore = many.startSeconds() - none.startSeconds();
    if (many.tasks() < GOAL_TASKS) {
      scorecard.missed(Goal.RESTORE, "%.1f s for %,d".formatted(restore, many.tasks()));
    } else {
      scorecard.measured(Goal.RESTORE, restore);
    }
  }

  private static String[] row(Lifetime life, Lifetime before) {
    return new String[] {
      "%,d live tasks".formatted(life.tasks()),
      perTask(life, life.keyBytesPerTask()),
      perTask(life, life.valueBytesPerTask()),
      mib(life.heapBytes()),
      perTask(life, life.heapBytesPerTask(before)),
      mib(life.restoredHeapBytes()),
      perTask(life, life.restoredBytesPerTask(before)),
      "%.2f".formatted(life.startSeconds())
    };
  }

  private static String perTask(Lifetime life, double bytes) {
    return life.tasks() == 0 ? "" : "%.0f".formatted(bytes);
  }

  private static String mib(long bytes) {
    return "%.1f".formatted(bytes / 1048576.0);
  }
}
