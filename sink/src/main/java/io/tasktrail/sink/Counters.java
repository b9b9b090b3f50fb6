package io.tasktrail.sink;

/// What became of the records so far: `read = delivered + dead letters + delivered again`.
///
/// @param delivered made durable at the destination
/// @param deadLetters could not be decoded or formatted
/// @param failures of the destination, each followed by another attempt
/// @param overtaken records that retention deleted before they were read
public record Counters(long delivered, long deadLetters, long failures, long overtaken) {

  static final Counters NONE = new Counters(0, 0, 0, 0);

  Counters plusDelivered(long more) {
    return new Counters(delivered + more, deadLetters, failures, overtaken);
  }

  Counters plusDeadLetters(long more) {
    return new Counters(delivered, deadLetters + more, failures, overtaken);
  }

  Counters plusFailure() {
    return new Counters(delivered, deadLetters, failures + 1, overtaken);
  }

  Counters plusOvertaken(long more) {
    return new Counters(delivered, deadLetters, failures, overtaken + more);
  }
}
