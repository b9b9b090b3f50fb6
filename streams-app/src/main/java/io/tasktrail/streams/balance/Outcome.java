package io.tasktrail.streams.balance;

/// What becomes of a record, exactly one of these.
enum Outcome {
  EMITTED,
  SILENT,
  DUPLICATE,
  DEAD_LETTER,
  BROKEN_OFF
}
