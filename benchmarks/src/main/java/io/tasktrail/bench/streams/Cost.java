package io.tasktrail.bench.streams;

/// What a part of a work took, that in which everything was running.
///
/// @param appCpuSeconds of the JVM that did it
/// @param brokerCpuSeconds of the broker's JVM meanwhile
/// @param changelogRecords written for each event; 0 where there is no state
record Cost(
    long events,
    double wallSeconds,
    double appCpuSeconds,
    double brokerCpuSeconds,
    double changelogRecords) {

  double eventsPerSecond() {
    return events / wallSeconds;
  }

  double appCpuSecondsPerMillion() {
    return appCpuSeconds * 1e6 / events;
  }

  double brokerCpuSecondsPerMillion() {
    return brokerCpuSeconds * 1e6 / events;
  }

  /// @param count of all events of the work
  Cost withChangelog(long records, long count) {
    return new Cost(events, wallSeconds, appCpuSeconds, brokerCpuSeconds, (double) records / count);
  }
}
