package io.tasktrail.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time on the command line: `2026-11-20T17:33:00Z`, also with another offset, a fraction, or
/// without seconds; without an offset it is UTC, and a date alone is its midnight.
final class Moment implements ITypeConverter<Instant> {

  private static final List<Function<String, Instant>> READINGS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

  @Override
  public Instant convert(String text) {
    return READINGS.stream()
        .flatMap(reading -> read(reading, text).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not a time such as 2026-11-20T17:33:00Z or 2026-11-20"));
  }

  private static Optional<Instant> read(Function<String, Instant> reading, String text) {
    try {
      return Optional.of(reading.apply(text));
    } catch (DateTimeParseException another) {
      return Optional.empty();
    }
  }
}
