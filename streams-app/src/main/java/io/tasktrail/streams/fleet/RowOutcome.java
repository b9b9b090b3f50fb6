package io.tasktrail.streams.fleet;

/// What becomes of a row of lineages, exactly one of these.
enum RowOutcome {
  /// The first of the fleet: it is told.
  TOLD,
  /// Another row of its fingerprint came before.
  KNOWN,
  /// It had been forgotten, likely, and is remembered again in silence.
  RELEARNED,
  /// Not written by the fold.
  UNREADABLE
}
