package io.tasktrail.sink.connect;

import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import java.time.Duration;
import java.util.Optional;

/// When what is delivered is made durable: after so long, so many or so much, whichever comes
/// first; and how patiently a failure is met.
///
/// @param interval since the first event that is not durable
/// @param records events that are not durable
/// @param bytes of the records that are not durable
/// @param retryMost the longest pause between two attempts
/// @param deadline after so long without success the task fails; empty: never
record Pace(
    Duration interval, int records, long bytes, Duration retryMost, Optional<Duration> deadline) {

  static Pace of(Settings settings) {
    return new Pace(
        settings.get(SinkSettings.SYNC_INTERVAL),
        settings.get(SinkSettings.SYNC_RECORDS),
        settings.get(SinkSettings.SYNC_BYTES),
        settings.get(SinkSettings.RETRY_MOST),
        settings.get(SinkSettings.RETRY_DEADLINE));
  }
}
