package io.tasktrail.agent.doctor;

/// What a check found.
///
/// @param found what is there, in the words of an administrator
/// @param cure what to do about it, the very command where there is one; empty when nothing is
///     to be done
record Finding(Outcome outcome, String found, String cure) {

  /// Ordered as they are counted; shown by [#word].
  enum Outcome {
    OK("ok"),
    WARN("warn"),
    FAIL("FAIL"),
    SKIP("skip");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Finding ok(String found) {
    return new Finding(Outcome.OK, found, "");
  }

  /// The agent works, but not as well as it could, or not for long.
  static Finding warn(String found, String cure) {
    return new Finding(Outcome.WARN, found, cure);
  }

  /// The agent does not do its work.
  static Finding fail(String found, String cure) {
    return new Finding(Outcome.FAIL, found, cure);
  }

  /// It could not be looked at.
  static Finding skip(String why) {
    return new Finding(Outcome.SKIP, why, "");
  }

  /// Whether what rests on it can be looked at.
  boolean isSound() {
    return outcome == Outcome.OK || outcome == Outcome.WARN;
  }
}
