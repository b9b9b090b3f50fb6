package io.tasktrail.streams.balance;

/// Why a record became a dead letter.
public enum DeadLetterReason {
  /// Its bytes are no event in a schema that the registry knows.
  UNDECODABLE,
  /// It has no value.
  NO_VALUE,
  /// Its key is not the id of its host, so that its partition may not be that of its host's state.
  WRONG_KEY,
  /// The fold threw: a defect.
  UNFOLDABLE
}
