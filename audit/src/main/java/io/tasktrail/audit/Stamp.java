package io.tasktrail.audit;

/// What the records of one event have in common: `audit(SECONDS.MILLIS:SERIAL)` on one node.
///
/// @param node empty where lines name none
/// @param millis since 1970
/// @param serial unsigned 32 bits
record Stamp(String node, long millis, long serial) {}
