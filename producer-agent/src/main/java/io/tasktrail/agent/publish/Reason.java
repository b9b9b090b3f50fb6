package io.tasktrail.agent.publish;

/// Says why something failed, by its innermost cause.
public final class Reason {

  private static final int DEPTH = 20;

  private Reason() {}

  /// The message of the innermost cause, or its type where it has none.
  public static String of(Throwable failure) {
    Throwable innermost = failure;
    for (int i = 0; i < DEPTH && innermost.getCause() != null; i++) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
  }
}
