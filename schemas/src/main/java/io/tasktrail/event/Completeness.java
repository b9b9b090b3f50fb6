package io.tasktrail.event;

/// How far a history can be trusted, worst first. Never guessed upward.
public enum Completeness {
  /// A creator was never seen, so what it inherited is unknown.
  INFERRED,
  /// An exec of the lineage was lost.
  GAP,
  /// Execs happened before the capture began.
  SINCE_SNAPSHOT,
  /// As many links as the kernel counted execs, each one captured or seen.
  WHOLE
}
