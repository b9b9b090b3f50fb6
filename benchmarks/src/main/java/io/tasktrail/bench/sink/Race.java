package io.tasktrail.bench.sink;

import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Patience;
import io.tasktrail.role.Failure;

/// Looks at the store while somebody brings documents there.
///
/// @param total documents
record Race(Store store, Patience patience, String indices, long total) {

  /// What comes before is warming up: a third.
  private static final int WARMING = 3;

  /// A moment of it.
  private record Moment(long documents, long nanos, double cpuSeconds, double storeCpuSeconds) {}

  /// Returns when all documents are there.
  ///
  /// @throws Failure if they are not, or are not as many
  Cost watch(Process runner) throws Exception {
    Moment begun = reached(total / WARMING, runner);
    Moment done = reached(total, runner);
    store.count(indices, total);
    return new Cost(
        done.documents() - begun.documents(),
        (done.nanos() - begun.nanos()) / 1e9,
        done.cpuSeconds() - begun.cpuSeconds(),
        done.storeCpuSeconds() - begun.storeCpuSeconds(),
        Child.memoryMib(runner.toHandle(), "RssAnon"));
  }

  private Moment reached(long documents, Process runner) throws Exception {
    Moment[] moment = new Moment[1];
    patience.until(
        documents + " documents",
        () -> {
          if (!runner.isAlive()) {
            throw new Failure("ended with " + runner.exitValue(), indices, "see its log");
          }
          moment[0] = now(runner);
          return moment[0].documents() >= documents;
        });
    return moment[0];
  }

  private Moment now(Process runner) throws Exception {
    return new Moment(
        store.indexed(indices),
        System.nanoTime(),
        Child.cpuSeconds(runner.toHandle()),
        store.jvm().cpuSeconds());
  }
}
