package io.tasktrail.bench;

/// One way to make enriched events of the stock.
interface Work {

  String name();

  /// Does all of it once.
  Cost once() throws Exception;

  /// What a part of the work took, that in which everything was running.
  ///
  /// @param cpuSeconds of this JVM
  /// @param brokerCpuSeconds of the broker's JVM
  record Cost(long events, double wallSeconds, double cpuSeconds, double brokerCpuSeconds) {

    double eventsPerSecond() {
      return events / wallSeconds;
    }

    double cpuSecondsPerMillion() {
      return cpuSeconds * 1e6 / events;
    }

    double brokerCpuSecondsPerMillion() {
      return brokerCpuSeconds * 1e6 / events;
    }
  }
}
