package io.tasktrail.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

  private static final Parser<Long> BYTES = Parser.bytes(1, 1L << 30);
  private static final Parser<Duration> TIME =
      Parser.duration(Duration.ofMillis(10), Duration.ofDays(7));

  private enum Durability {
    EVERY_BATCH,
    NEVER
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "20s,20000", "5m,300000", "2h,7200000", "1d,86400000", "3 s,3000"})
  void timesHaveUnits(String text, long millis) {
    assertThat(TIME.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1ms", "8d", "1w", "1.5s", "999999999999999999d"})
  void otherTimesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TIME.parse(text));
  }

  @Test
  void aTimeSaysItsBounds() {
    assertThat(TIME.expected()).startsWith("a time from 10ms to 7d");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "64k,65536", "16M,16777216", "1g,1073741824"})
  void bytesHaveUnits(String text, long bytes) {
    assertThat(BYTES.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "2g", "-1", "1kb", "k", "99999999999999999999", "999999999999g"})
  void otherBytesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> BYTES.parse(text));
  }

  @Test
  void constantsAreWrittenInLowerCase() {
    Parser<Durability> parser = Parser.oneOf(Durability.class);

    assertThat(parser.parse("every-batch")).isEqualTo(Durability.EVERY_BATCH);
    assertThat(parser.expected()).isEqualTo("one of every-batch, never");
    assertThatIllegalArgumentException().isThrownBy(() -> parser.parse("EVERY_BATCH"));
  }

  @Test
  void namesAreTakenAsListed() {
    Parser<String> parser = Parser.oneOf(List.of("ecs", "tasktracker"));

    assertThat(parser.parse("ecs")).isEqualTo("ecs");
    assertThatIllegalArgumentException().isThrownBy(() -> parser.parse("ocsf"));
  }

  @Test
  void nothingIsAValueOnlyWhereItMayBe() {
    assertThat(Parser.optional(Parser.path()).parse("")).isEmpty();
    assertThat(Parser.optional(Parser.path()).parse("/a")).isEqualTo(Optional.of(Path.of("/a")));
    assertThatIllegalArgumentException().isThrownBy(() -> Parser.path().parse(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Parser.text().parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a:1", "https://u:p@b", "http://a, http://b:2"})
  void httpAddressesAreTaken(String text) {
    assertThat(Parser.httpAddresses().parse(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "htp://a", "a:8081", "http://", "http://a,,http://b", "http://a b"})
  void otherAddressesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Parser.httpAddresses().parse(text));
  }

  @Test
  void truthIsOneOfTwoWords() {
    assertThat(Parser.bool().parse("true")).isTrue();
    assertThat(Parser.bool().parse("false")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Parser.bool().parse("yes"));
  }
}
