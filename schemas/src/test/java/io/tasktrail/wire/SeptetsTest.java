package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers of each length, against Avro's own encoder.
class SeptetsTest {

  static LongStream numbers() {
    return LongStream.concat(
        LongStream.of(0, Long.MAX_VALUE, Long.MIN_VALUE),
        LongStream.range(0, Long.SIZE - 1)
            .map(bit -> 1L << bit)
            .flatMap(power -> LongStream.of(power - 1, power, power + 1, -power, -power - 1)));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void isWrittenAsAvroDoes(long number) throws IOException {
    assertThat(written(number)).isEqualTo(byAvro(number));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void isReadAtTheEndAndBeforeOthers(long number) throws IOException {
    byte[] bytes = byAvro(number);
    for (int more = 0; more <= 2 * Long.BYTES; more++) {
      byte[] padded = Arrays.copyOf(bytes, bytes.length + more);
      Arrays.fill(padded, bytes.length, padded.length, (byte) 0xFF);
      AvroInput in = new AvroInput();
      in.open(padded, 0, padded.length);
      assertThat(in.number()).isEqualTo(number);
      assertThat(in.position()).isEqualTo(bytes.length);
    }
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void isNotReadBeyondItsRecord(long number) throws IOException {
    byte[] bytes = byAvro(number);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + Long.BYTES);
    AvroInput in = new AvroInput();
    in.open(longer, 0, bytes.length - 1);
    assertThatThrownBy(in::number)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("ends within a number");
  }

  private static byte[] written(long number) {
    AvroOutput out = new AvroOutput();
    out.number(number);
    return out.toBytes();
  }

  private static byte[] byAvro(long number) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    encoder.writeLong(number);
    return bytes.toByteArray();
  }
}
