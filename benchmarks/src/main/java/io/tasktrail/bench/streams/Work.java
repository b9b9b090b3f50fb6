package io.tasktrail.bench.streams;

/// One way to make enriched events of the stock, in a JVM of its own.
@FunctionalInterface
interface Work {

  /// Does all of it once, and says on stdout when it has begun and when it is done
  /// ([Stopwatch#sayBegun]).
  ///
  /// @param events how many there are
  void once(int events) throws Exception;
}
