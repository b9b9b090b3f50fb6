package io.tasktrail.demo;

/// Where the demo's events come from.
sealed interface Source extends AutoCloseable permits LiveCapture, Recordings {

  /// No more events: returns when all that there are have been acknowledged by the broker.
  void finish() throws Exception;

  @Override
  void close();
}
