package io.tasktrail.agent.doctor;

import java.util.List;

/// One thing to look at: one line of the report.
///
/// @param what its name
/// @param oneOf what it rests on: at least one of these must have been found in order, where there
///     are any
/// @param look looks at it
record Check(String what, List<Check> oneOf, Look look) {

  /// Looks, and changes nothing.
  @FunctionalInterface
  interface Look {
    /// Looks once; what it throws counts as a failure.
    Finding look() throws Exception;
  }

  /// A check that rests on no other.
  static Check of(String what, Look look) {
    return new Check(what, List.of(), look);
  }

  /// A check that has no sense unless another one was in order.
  static Check after(Check other, String what, Look look) {
    return new Check(what, List.of(other), look);
  }
}
