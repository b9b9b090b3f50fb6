package io.tasktrail.formats.facts;

import io.tasktrail.event.Header;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Boot times of one event as wall time. All of them use the one offset of that event, so that they
/// never run backwards within it.
///
/// @param offsetNanos CLOCK_REALTIME minus CLOCK_BOOTTIME
public record WallTime(long offsetNanos) {

  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long NANOS_A_MILLI = 1_000_000;

  /// That of an event.
  public static WallTime of(Header header) {
    return new WallTime(header.wallOffsetNanos());
  }

  /// Milliseconds since 1970, rounded down.
  public long millis(long bootNanos) {
    return Math.floorDiv(bootNanos + offsetNanos, NANOS_A_MILLI);
  }

  /// RFC 3339 in UTC with all nine digits, such as `2026-11-20T17:33:00.123456789Z`.
  public String show(long bootNanos) {
    long nanos = bootNanos + offsetNanos;
    long seconds = Math.floorDiv(nanos, NANOS_A_SECOND);
    var time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(30);
    digits(text, time.getYear(), 1000).append('-');
    digits(text, time.getMonthValue(), 10).append('-');
    digits(text, time.getDayOfMonth(), 10).append('T');
    digits(text, time.getHour(), 10).append(':');
    digits(text, time.getMinute(), 10).append(':');
    digits(text, time.getSecond(), 10).append('.');
    digits(text, Math.floorMod(nanos, NANOS_A_SECOND), 100_000_000).append('Z');
    return text.toString();
  }

  /// The same with six digits of the second, rounded down: more has no room in a message of syslog.
  public String showMicros(long bootNanos) {
    String nanos = show(bootNanos);
    return nanos.substring(0, nanos.length() - 4) + 'Z';
  }

  private static StringBuilder digits(StringBuilder text, long number, long highest) {
    for (long unit = highest; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
    return text;
  }
}
