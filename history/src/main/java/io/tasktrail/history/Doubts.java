package io.tasktrail.history;

import io.tasktrail.event.Doubt;
import io.tasktrail.event.Doubt.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The doubts of a history: ascending, apart, and none empty.
record Doubts(List<Doubt> ranges) {

  /// The doubt that covers an ordinal.
  Optional<Doubt> about(long ordinal) {
    for (Doubt doubt : ranges) {
      if (doubt.first() <= ordinal && ordinal <= doubt.last()) {
        return Optional.of(doubt);
      }
    }
    return Optional.empty();
  }

  /// Those about the first `last` ordinals.
  Doubts upTo(long last) {
    return between(Long.MIN_VALUE, last);
  }

  /// Those about the ordinals from `first` on, taken for losses: what happened under the eyes of a
  /// capture was captured or lost.
  Doubts lostFrom(long first) {
    Doubts kept = between(first, Long.MAX_VALUE);
    Doubts lost = new Doubts(List.of());
    for (Doubt doubt : kept.ranges) {
      lost = lost.and(new Doubt(doubt.first(), doubt.last(), Reason.LOST, doubt.loss()));
    }
    return lost;
  }

  /// With one about later ordinals than any.
  Doubts and(Doubt later) {
    List<Doubt> more = new ArrayList<>(ranges);
    if (!more.isEmpty() && continues(more.getLast(), later)) {
      more.set(more.size() - 1, joined(more.getLast(), later));
    } else {
      more.add(later);
    }
    return new Doubts(more);
  }

  /// With all of those, which are about later ordinals.
  Doubts and(Doubts later) {
    Doubts all = this;
    for (Doubt doubt : later.ranges) {
      all = all.and(doubt);
    }
    return all;
  }

  /// Without any about this ordinal.
  Doubts without(long ordinal) {
    List<Doubt> less = new ArrayList<>();
    for (Doubt doubt : ranges) {
      if (ordinal < doubt.first() || doubt.last() < ordinal) {
        less.add(doubt);
        continue;
      }
      if (doubt.first() < ordinal) {
        less.add(part(doubt, doubt.first(), ordinal - 1));
      }
      if (ordinal < doubt.last()) {
        less.add(part(doubt, ordinal + 1, doubt.last()));
      }
    }
    return new Doubts(less);
  }

  /// At most so many: the nearest neighbours become one that covers what is between them too, for
  /// the worse reason.
  Doubts bounded(int most) {
    List<Doubt> fewer = ranges;
    while (fewer.size() > most) {
      fewer = new ArrayList<>(fewer);
      int nearest = nearest(fewer);
      Doubt right = fewer.remove(nearest + 1);
      fewer.set(nearest, joined(fewer.get(nearest), right));
    }
    return new Doubts(fewer);
  }

  private Doubts between(long first, long last) {
    List<Doubt> parts = new ArrayList<>(ranges.size());
    for (Doubt doubt : ranges) {
      if (doubt.first() <= last && first <= doubt.last()) {
        parts.add(part(doubt, Math.max(first, doubt.first()), Math.min(last, doubt.last())));
      }
    }
    return new Doubts(parts);
  }

  private static int nearest(List<Doubt> doubts) {
    int nearest = 0;
    for (int i = 1; i < doubts.size() - 1; i++) {
      nearest = distance(doubts, i) < distance(doubts, nearest) ? i : nearest;
    }
    return nearest;
  }

  private static long distance(List<Doubt> doubts, int left) {
    return doubts.get(left + 1).first() - doubts.get(left).last();
  }

  private static boolean continues(Doubt left, Doubt right) {
    return left.last() == right.first() - 1
        && left.reason() == right.reason()
        && left.loss().equals(right.loss());
  }

  private static Doubt joined(Doubt left, Doubt right) {
    Reason worse = left.reason().compareTo(right.reason()) <= 0 ? left.reason() : right.reason();
    return new Doubt(
        left.first(),
        right.last(),
        worse,
        left.loss().equals(right.loss()) ? left.loss() : Optional.empty());
  }

  private static Doubt part(Doubt doubt, long first, long last) {
    return new Doubt(first, last, doubt.reason(), doubt.loss());
  }
}
