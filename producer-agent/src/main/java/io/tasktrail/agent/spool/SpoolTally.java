package io.tasktrail.agent.spool;

/// What a [SpoolingPublisher] counts, see [SpoolFigures].
final class SpoolTally {

  long inKafka;
  long again;
  long unnumbered;
  long own;
  long refused;
  long unwritten;

  /// A segment that failed turned out to hold so many more events than were synced, which will be
  /// written once more; or so many less.
  void found(long events) {
    again += Math.max(0, events);
    unwritten += Math.max(0, -events);
  }
}
