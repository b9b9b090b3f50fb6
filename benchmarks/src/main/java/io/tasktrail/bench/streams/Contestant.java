package io.tasktrail.bench.streams;

import java.io.IOException;

/// Something in a JVM of its own that works on the stock, as often as it is asked to.
interface Contestant extends AutoCloseable {

  /// Does all of the stock once, from an empty state.
  Cost once(Stock stock) throws Exception;

  @Override
  void close() throws IOException;
}
