package io.tasktrail.audit;

import java.io.IOException;

/// What the records of one event have in common: `audit(SECONDS.MILLIS:SERIAL)` on one node.
///
/// @param node empty where lines name none
/// @param millis since 1970
/// @param serial unsigned 32 bits
record Stamp(String node, long millis, long serial) {

  /// Without the node, which is the same for all that is kept with it.
  void save(StateOutput out) throws IOException {
    out.number(millis);
    out.number(serial);
  }

  static Stamp restored(String node, StateInput in) throws IOException {
    return new Stamp(node, in.number(), in.number());
  }
}
