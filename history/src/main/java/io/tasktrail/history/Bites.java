package io.tasktrail.history;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// How often each bound bit, of those that did.
public record Bites(Map<Bound, Long> counts) {

  /// None ever.
  public static final Bites NONE = new Bites(Map.of());

  public Bites {
    counts = counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /// How often this one bit.
  public long of(Bound bound) {
    return counts.getOrDefault(bound, 0L);
  }

  Bites with(Bound bound, long times) {
    Map<Bound, Long> more = new EnumMap<>(Bound.class);
    more.putAll(counts);
    more.merge(bound, times, Long::sum);
    return new Bites(more);
  }
}
