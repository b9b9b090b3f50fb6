package io.tasktrail.sink;

import java.io.IOException;

/// What becomes of one event that a destination will never take: it goes to the dead letters.
@FunctionalInterface
public interface Refusal {

  /// The destination refuses the event, and would again.
  ///
  /// @throws IOException if that can't be kept: the event must come again
  void because(Exception reason) throws IOException;
}
