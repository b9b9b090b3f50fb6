package io.tasktrail.bench.stand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

  private static final Sample HUNDRED =
      Sample.of(IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray());

  @Test
  void aPercentileIsAMeasuredValue() {
    assertThat(HUNDRED.percentile(50)).isEqualTo(50);
    assertThat(HUNDRED.percentile(99)).isEqualTo(99);
    assertThat(HUNDRED.percentile(99.5)).isEqualTo(100);
    assertThat(HUNDRED.percentile(0.1)).isEqualTo(1);
    assertThat(Sample.of(7).percentile(99)).isEqualTo(7);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(HUNDRED.median()).isEqualTo(50.5);
    assertThat(Sample.of(List.of(9, 1, 5), each -> each).median()).isEqualTo(5);
  }

  @Test
  void leastAndMostAreKept() {
    assertThat(HUNDRED.min()).isEqualTo(1);
    assertThat(HUNDRED.max()).isEqualTo(100);
  }

  @Test
  void nothingMeasuredIsNoSample() {
    assertThatThrownBy(Sample::of).isInstanceOf(IllegalArgumentException.class);
  }
}
