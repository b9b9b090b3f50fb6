package io.tasktrail.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which numbers of one source have arrived: all up to a mark, except those in gaps. This is how a
/// duplicate is told from what comes late.
///
/// @param mark the highest number that arrived or was declared lost
/// @param gaps the missing numbers below it, ascending and apart
public record Received(long mark, List<Gap> gaps) {

  /// Nothing arrived yet. Numbers start at 1.
  static final Received NONE = new Received(0, List.of());

  public Received {
    gaps = List.copyOf(gaps);
  }

  /// Numbers that did not arrive.
  ///
  /// @param first the first of them
  /// @param last the last of them, `>= first`
  public record Gap(long first, long last) {

    boolean has(long sequence) {
      return first <= sequence && sequence <= last;
    }
  }

  /// Once the number has arrived; empty when it had arrived already.
  Optional<Received> with(long sequence) {
    if (sequence > mark) {
      return Optional.of(new Received(sequence, gapsUpTo(sequence)));
    }
    for (int i = gaps.size() - 1; i >= 0; i--) {
      if (gaps.get(i).has(sequence)) {
        return Optional.of(new Received(mark, gapsWithout(i, sequence)));
      }
    }
    return Optional.empty();
  }

  /// Whether the numbers before this one are missing.
  boolean jumpsTo(long sequence) {
    return sequence > mark + 1;
  }

  /// Once it is known that numbers up to `last` were given.
  Received missingUpTo(long last) {
    return last <= mark ? this : new Received(last, withGap(mark + 1, last));
  }

  /// With at most so many gaps: the highest.
  Received bounded(int most) {
    return gaps.size() <= most
        ? this
        : new Received(mark, gaps.subList(gaps.size() - most, gaps.size()));
  }

  private List<Gap> gapsUpTo(long sequence) {
    return sequence == mark + 1 ? gaps : withGap(mark + 1, sequence - 1);
  }

  private List<Gap> withGap(long first, long last) {
    List<Gap> more = new ArrayList<>(gaps);
    if (!gaps.isEmpty() && gaps.getLast().last() == first - 1) {
      more.set(more.size() - 1, new Gap(gaps.getLast().first(), last));
    } else {
      more.add(new Gap(first, last));
    }
    return more;
  }

  private List<Gap> gapsWithout(int index, long sequence) {
    List<Gap> less = new ArrayList<>(gaps);
    Gap gap = less.remove(index);
    if (sequence < gap.last()) {
      less.add(index, new Gap(sequence + 1, gap.last()));
    }
    if (gap.first() < sequence) {
      less.add(index, new Gap(gap.first(), sequence - 1));
    }
    return less;
  }
}
