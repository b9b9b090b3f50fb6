package io.tasktrail.agent.spool;

import java.nio.file.Path;
import java.time.Duration;

/// Where to spool, how much, and when it begins.
///
/// @param dir the folder; made where it is not there
/// @param bytesMax of all segments; what was under way when it was reached may come on top
/// @param bytesFree of the file system, that the spool leaves to others
/// @param after for so long Kafka may leave an event unacknowledged
/// @param inFlightRecords bound of what Kafka has been given and not acknowledged
public record SpoolPlan(
    Path dir, long bytesMax, long bytesFree, Duration after, int inFlightRecords) {

  private static final long SEGMENT_BYTES_MAX = 1 << 20;
  private static final long SEGMENT_BYTES_MIN = 32 << 10;

  /// A segment is one more than this at most by what stands between two syncs. It is what is
  /// thinned at once.
  long segmentBytes() {
    return Math.clamp(bytesMax / 16, SEGMENT_BYTES_MIN, SEGMENT_BYTES_MAX);
  }
}
