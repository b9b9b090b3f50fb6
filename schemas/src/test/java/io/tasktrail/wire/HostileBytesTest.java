package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the bytes are, they are a record or malformed: nothing else is thrown, no more memory
/// is taken than they may fill, and it ends.
@Timeout(120)
class HostileBytesTest {

  private static final int RECORDS = 20;
  private static final int MUTANTS = 500;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void aRecordCutAnywhereIsMalformed(Subject<D> subject) {
    BinaryCodec<D> codec = subject.codecs().get();
    byte[] whole = codec.encode(subject.samples().getLast());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> codec.decode(whole, 0, cut.length))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void whatFollowsARecordIsMalformed(Subject<D> subject) {
    BinaryCodec<D> codec = subject.codecs().get();
    byte[] whole = codec.encode(subject.samples().getLast());
    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("more follows");
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void aRecordWithOtherBytesInItIsARecordOrMalformed(Subject<D> subject) {
    mutate(subject, subject.schema());
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.wire.Subject#all")
  <D> void soIsOneOfANewerSchema(Subject<D> subject) {
    mutate(subject, Tomorrow.after(subject.schema()));
  }

  private <D> void mutate(Subject<D> subject, Schema writer) {
    System.out.println(subject + ", mutants of seed " + seed);
    PayloadReader<D> reader = PayloadReader.of(subject.forms().get(), writer);
    RandomRecords records = new RandomRecords(seed);
    for (int i = 0; i < RECORDS; i++) {
      byte[] whole = Tomorrow.bytes(subject, subject.random().apply(records), writer);
      for (int mutant = 0; mutant < MUTANTS; mutant++) {
        byte[] bytes = mutated(whole);
        try {
          assertThat(reader.read(bytes, 0, bytes.length)).isNotNull();
        } catch (UncheckedIOException malformed) {
          assertThat(malformed).hasMessageContaining("malformed");
        }
      }
    }
  }

  /// Some bytes are others, or a length among them is absurd, or a part is missing.
  private byte[] mutated(byte[] whole) {
    byte[] bytes = whole.clone();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(3)) {
      case 0 -> {
        Arrays.fill(bytes, at, Math.min(at + random.nextInt(9), bytes.length), (byte) 0xFF);
        yield bytes;
      }
      case 1 -> Arrays.copyOfRange(bytes, 0, at);
      default -> bytes;
    };
  }
}
