package io.tasktrail.history;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How far each [Bound] of the fold goes. Immutable.
public final class FoldLimits {

  /// Each as it is preset.
  public static final FoldLimits DEFAULT =
      new FoldLimits(
          Arrays.stream(Bound.values())
              .collect(Collectors.toMap(Function.identity(), Bound::preset)));

  private final Map<Bound, Long> values;

  private FoldLimits(Map<Bound, Long> values) {
    this.values = new EnumMap<>(values);
  }

  /// The same, but for one.
  ///
  /// @throws IllegalArgumentException if it is less than the least
  public FoldLimits with(Bound bound, long value) {
    if (value < bound.least()) {
      throw new IllegalArgumentException(
          bound + " is " + value + ", not at least " + bound.least());
    }
    FoldLimits changed = new FoldLimits(values);
    changed.values.put(bound, value);
    return changed;
  }

  /// How far it goes, in its unit.
  public long get(Bound bound) {
    return values.get(bound);
  }

  /// Of one that counts: no list is longer than an int says.
  int count(Bound bound) {
    return Math.clamp(get(bound), 0, Integer.MAX_VALUE);
  }
}
