package io.tasktrail.bench.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpectedOutputTest {

  private static final String SCHEMA = "\0\0\0\0\1";

  /// Says the same in capitals.
  private final ExpectedOutput expected =
      new ExpectedOutput(
          "a loud one", value -> text(value).toUpperCase(Locale.ROOT).getBytes(UTF_8));

  @BeforeEach
  void expectThree() {
    expected.add("a", "FIRST".getBytes(UTF_8));
    expected.add("b", "OTHER".getBytes(UTF_8));
    expected.add("a", "SECOND".getBytes(UTF_8));
  }

  @Test
  void hostsMayMixEachInItsOrder() {
    ExpectedOutput copy = expected.copy();
    for (ExpectedOutput output : new ExpectedOutput[] {copy, expected}) {
      output.require(record("a", "first"));
      output.require(record("a", "second"));
      output.require(record("b", "other"));

      assertThatCode(output::requireNothingLeft).doesNotThrowAnyException();
    }
  }

  @Test
  void anotherRecordIsRefused() {
    assertThatThrownBy(() -> expected.require(record("a", "firs")))
        .hasMessage(
            "the topology wrote another record than a loud one: host a, partition 1, offset 2");
  }

  @Test
  void anotherOrderIsRefused() {
    assertThatThrownBy(() -> expected.require(record("a", "second")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherKeyIsRefused() {
    assertThatThrownBy(() -> expected.require(record("c", "first")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oneTooManyIsRefused() {
    expected.require(record("b", "other"));

    assertThatThrownBy(() -> expected.require(record("b", "other")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsMissingIsCounted() {
    expected.require(record("a", "first"));

    assertThatThrownBy(expected::requireNothingLeft)
        .hasMessage("the topology did not write 2 audit events that a loud one did");
  }

  private static ConsumerRecord<byte[], byte[]> record(String key, String value) {
    return new ConsumerRecord<>(
        "topic", 1, 2, key.getBytes(UTF_8), (SCHEMA + value).getBytes(UTF_8));
  }

  private static String text(byte[] value) {
    return new String(value, UTF_8);
  }
}
