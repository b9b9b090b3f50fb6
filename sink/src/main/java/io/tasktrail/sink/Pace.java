package io.tasktrail.sink;

import io.tasktrail.role.Settings;
import java.time.Duration;

/// When what is delivered is made durable: after so long or so many, whichever comes first.
///
/// @param interval since the first event that is not durable
/// @param records events that are not durable
record Pace(Duration interval, int records) {

  static Pace of(Settings settings) {
    return new Pace(
        settings.get(SinkSettings.SYNC_INTERVAL), settings.get(SinkSettings.SYNC_RECORDS));
  }
}
