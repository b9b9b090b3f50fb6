package io.tasktrail.bench.stand;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/// Measured values, in ascending order. Immutable.
public final class Sample {

  private final double[] values;

  private Sample(double[] sorted) {
    values = sorted;
  }

  /// These values.
  ///
  /// @throws IllegalArgumentException if there are none
  public static Sample of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Sample(sorted);
  }

  /// One value of each.
  public static <T> Sample of(Collection<T> measured, ToDoubleFunction<T> value) {
    return of(measured.stream().mapToDouble(value).toArray());
  }

  /// The least value that so many percent of all do not exceed (nearest rank).
  ///
  /// @param percent over 0, up to 100
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * values.length);
    return values[Math.max(rank, 1) - 1];
  }

  /// The middle one; of an even number, the mean of the middle two.
  public double median() {
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  public double min() {
    return values[0];
  }

  public double max() {
    return values[values.length - 1];
  }
}
