package io.tasktrail.history.text;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// A second of wall time, UTC.
record WallTime(LocalDateTime utc) {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// The wall time of a boot time, rounded down. Both are any 64-bit number: the year is between
  /// 1677 and 2262 (or what the sum wraps to).
  static WallTime of(long bootNanos, long wallOffsetNanos) {
    long seconds = Math.floorDiv(bootNanos + wallOffsetNanos, NANOS_PER_SECOND);
    return new WallTime(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
  }

  /// `YYYYMMDDhhmmss`.
  void appendCompact(StringBuilder text) {
    text.append(utc.getYear());
    two(text, utc.getMonthValue());
    two(text, utc.getDayOfMonth());
    two(text, utc.getHour());
    two(text, utc.getMinute());
    two(text, utc.getSecond());
  }

  /// `YYYY/MM/DD-hh:mm:ss`.
  void appendSpelled(StringBuilder text) {
    text.append(utc.getYear());
    two(text.append('/'), utc.getMonthValue());
    two(text.append('/'), utc.getDayOfMonth());
    two(text.append('-'), utc.getHour());
    two(text.append(':'), utc.getMinute());
    two(text.append(':'), utc.getSecond());
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
