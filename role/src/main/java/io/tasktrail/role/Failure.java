package io.tasktrail.role;

/// An expected failure: what a user can understand and cure. It is shown as one line.
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// A failure that stands for itself.
  ///
  /// @param what what went wrong
  /// @param where the file, address, topic, … where it did
  /// @param fix what to do about it
  public Failure(String what, String where, String fix) {
    this(what, where, fix, null);
  }

  /// A failure whose cause says the rest: where, and what to do about it.
  ///
  /// @param what what went wrong
  public Failure(String what, Exception cause) {
    super(what + ": " + cause.getMessage(), cause);
  }

  /// A failure with what led to it, which is shown on demand only.
  public Failure(String what, String where, String fix, Throwable cause) {
    super(what + ": " + where + ": " + fix, cause);
  }
}
