package io.tasktrail.sink;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How far some partitions of the source are delivered.
///
/// @param next by partition: the offset of the next record
public record Positions(Map<Integer, Long> next) {

  /// Nothing is delivered, as far as is known.
  public static final Positions NONE = new Positions(Map.of());

  public Positions {
    next = Map.copyOf(next);
  }

  /// The next offset of a partition; empty when nothing is known of it.
  public OptionalLong of(int partition) {
    Long offset = next.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /// These and others; of a partition that both know, the further one.
  public Positions furthest(Positions others) {
    Map<Integer, Long> merged = new TreeMap<>(next);
    others.next.forEach((partition, offset) -> merged.merge(partition, offset, Math::max));
    return new Positions(merged);
  }
}
