package io.tasktrail.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.history.Received.Gap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReceivedTest {

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("tasktrail.seeds", 100));
  }

  @Test
  void aJumpOpensAGap() {
    assertThat(after(1, 5)).isEqualTo(new Received(5, List.of(new Gap(2, 4))));
  }

  @Test
  void whatArrivesLateShrinksOrSplitsItsGap() {
    assertThat(after(1, 9, 5).gaps()).containsExactly(new Gap(2, 4), new Gap(6, 8));
    assertThat(after(1, 9, 2).gaps()).containsExactly(new Gap(3, 8));
    assertThat(after(1, 9, 8).gaps()).containsExactly(new Gap(2, 7));
    assertThat(after(1, 3, 2).gaps()).isEmpty();
  }

  @Test
  void anAnnouncedLossMovesTheMark() {
    assertThat(after(1).missingUpTo(3)).isEqualTo(new Received(3, List.of(new Gap(2, 3))));
    assertThat(after(1, 3).missingUpTo(3)).isEqualTo(after(1, 3));
    assertThat(after(1, 3).missingUpTo(2)).isEqualTo(after(1, 3));
  }

  @Test
  void neighbouringLossesAreOneGap() {
    assertThat(after(1).missingUpTo(3).missingUpTo(5).gaps()).containsExactly(new Gap(2, 5));
    assertThat(after(1).missingUpTo(3).with(7).orElseThrow().gaps()).containsExactly(new Gap(2, 6));
    assertThat(after(1, 3).missingUpTo(5).gaps()).containsExactly(new Gap(2, 2), new Gap(4, 5));
  }

  @Test
  void theLowestGapsAreForgotten() {
    Received received = after(2, 4, 6);
    assertThat(received.bounded(3)).isEqualTo(received);
    assertThat(received.bounded(2).gaps()).containsExactly(new Gap(3, 3), new Gap(5, 5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyNumberArrivesOnce(long seed) {
    Random random = new Random(seed);
    Received received = Received.NONE;
    Set<Long> arrived = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      long sequence = 1L + random.nextInt(60);
      assertThat(received.with(sequence).isPresent()).isEqualTo(arrived.add(sequence));
      received = received.with(sequence).orElse(received);
    }
    long missing = received.gaps().stream().mapToLong(gap -> gap.last() - gap.first() + 1).sum();
    assertThat(received.mark() - missing).isEqualTo(arrived.size());
  }

  private static Received after(long... sequences) {
    Received received = Received.NONE;
    for (long sequence : sequences) {
      received = received.with(sequence).orElseThrow();
    }
    return received;
  }
}
