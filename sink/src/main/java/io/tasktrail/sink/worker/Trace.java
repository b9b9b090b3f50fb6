package io.tasktrail.sink.worker;

/// Connect tells what ended a task as the text of a stack trace.
final class Trace {

  private static final String CAUSE = "Caused by: ";
  private static final String OF_CONNECT = "org.apache.kafka.connect.errors.ConnectException: ";

  private Trace() {}

  /// The line that says what happened first.
  static String rootOf(String trace) {
    int last = trace.lastIndexOf('\n' + CAUSE);
    String root = last < 0 ? trace : trace.substring(last + 1 + CAUSE.length());
    String line = root.lines().findFirst().orElse("no reason told");
    return line.startsWith(OF_CONNECT) ? line.substring(OF_CONNECT.length()) : line;
  }
}
