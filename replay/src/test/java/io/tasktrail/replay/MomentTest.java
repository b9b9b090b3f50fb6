package io.tasktrail.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T17:33:00Z,2026-11-20T17:33:00Z",
    "2026-11-20T17:33:00.123456789Z,2026-11-20T17:33:00.123456789Z",
    "2026-11-20T18:33+01:00,2026-11-20T17:33:00Z",
    "2026-11-20T17:33,2026-11-20T17:33:00Z",
    "2026-11-20,2026-11-20T00:00:00Z"
  })
  void timesAreTaken(String text, String instant) {
    assertThat(new Moment().convert(text)).isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "17:33", "2026-02-30", "1795132800", "2026-11-20 17:33"})
  void anythingElseIsRefused(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Moment().convert(text))
        .withMessageContaining("is not a time such as 2026-11-20T17:33:00Z");
  }
}
