package io.tasktrail.sink.connect;

/// What became of the records that a task was handed: `read = delivered + dead letters + skipped +
/// repeated + unsynced`, at every time.
///
/// @param read handed over by Connect
/// @param delivered made durable at the destination
/// @param deadLetters could not be decoded, formatted or taken; written to their topic
/// @param skipped the destination had them already
/// @param repeated to be handed over once more, here or to another task, because of a failure
/// @param unsynced at hand
/// @param failures of the destination, the registry or the broker, each followed by another attempt
/// @param overtaken deleted from the topic before they were read: never handed over
record Counters(
    long read,
    long delivered,
    long deadLetters,
    long skipped,
    long repeated,
    long unsynced,
    long failures,
    long overtaken) {

  static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0);

  Counters handed(long records) {
    return new Counters(
        read + records,
        delivered,
        deadLetters,
        skipped,
        repeated,
        unsynced + records,
        failures,
        overtaken);
  }

  Counters settled(Outcome more) {
    return new Counters(
        read,
        delivered + more.delivered(),
        deadLetters + more.deadLetters(),
        skipped + more.skipped(),
        repeated,
        unsynced - more.records(),
        failures,
        overtaken + more.overtaken());
  }

  Counters givenBack() {
    return new Counters(
        read, delivered, deadLetters, skipped, repeated + unsynced, 0, failures, overtaken);
  }

  Counters failed() {
    return new Counters(
        read, delivered, deadLetters, skipped, repeated, unsynced, failures + 1, overtaken);
  }

  /// What was done with some records and is not durable yet.
  record Outcome(long delivered, long deadLetters, long skipped, long overtaken) {

    static final Outcome NONE = new Outcome(0, 0, 0, 0);

    long records() {
      return delivered + deadLetters + skipped;
    }

    Outcome plusDelivered(long more) {
      return new Outcome(delivered + more, deadLetters, skipped, overtaken);
    }

    Outcome plusDeadLetter() {
      return new Outcome(delivered, deadLetters + 1, skipped, overtaken);
    }

    Outcome plusSkipped() {
      return new Outcome(delivered, deadLetters, skipped + 1, overtaken);
    }

    Outcome plusOvertaken(long more) {
      return new Outcome(delivered, deadLetters, skipped, overtaken + more);
    }
  }
}
