package io.tasktrail.role;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an option that is a span of time: `20s`, `5m`, `2h`.
public final class TimeSpan implements ITypeConverter<Duration> {

  private static final Parser<Duration> PARSER =
      Parser.duration(Duration.ofMillis(1), Duration.ofDays(365));

  /// For picocli.
  public TimeSpan() {}

  @Override
  public Duration convert(String text) {
    try {
      return PARSER.parse(text);
    } catch (IllegalArgumentException notOne) {
      throw new TypeConversionException("'" + text + "' is not " + PARSER.expected());
    }
  }
}
