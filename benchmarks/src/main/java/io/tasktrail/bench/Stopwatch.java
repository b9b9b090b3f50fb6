package io.tasktrail.bench;

/// A moment from which wall and CPU time are taken.
record Stopwatch(Backbone backbone, long nanos, double cpuSeconds, double brokerCpuSeconds) {

  static Stopwatch start(Backbone backbone) {
    return new Stopwatch(
        backbone,
        System.nanoTime(),
        Child.cpuSeconds(ProcessHandle.current()),
        backbone.child().cpuSeconds());
  }

  /// What so many events took since then.
  Work.Cost cost(long events) {
    Stopwatch now = start(backbone);
    return new Work.Cost(
        events,
        (now.nanos - nanos) / 1e9,
        now.cpuSeconds - cpuSeconds,
        now.brokerCpuSeconds - brokerCpuSeconds);
  }
}
