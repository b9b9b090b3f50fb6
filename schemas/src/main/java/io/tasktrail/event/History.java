package io.tasktrail.event;

import java.util.List;
import java.util.OptionalInt;

/// Every image that a lineage executed, the root first: a chain of execs along the lineage, not of
/// parents. How it grows is the fold's affair (`io.tasktrail.history`); here it only says what it
/// is.
///
/// @param links the known links, by ascending ordinal, never empty: the first is [Link#ROOT]
/// @param omitted what a bound left out of the middle
/// @param execCount the kernel's count of the execs of this lineage
/// @param doubts what is missing or not certain, and why; empty when the history is whole
public record History(List<Link> links, Omitted omitted, long execCount, List<Doubt> doubts) {

  /// The history of the kernel and of its threads: nothing was ever executed.
  public static final History ROOT = new History(List.of(Link.ROOT), Omitted.NONE, 0, List.of());

  public History {
    links = List.copyOf(links);
    doubts = List.copyOf(doubts);
  }

  /// The same history with other doubts.
  public History with(List<Doubt> known) {
    return new History(links, omitted, execCount, known);
  }

  /// How many execs the kernel counted that have no link here.
  public long missingLinks() {
    return execCount - omitted.count() - (links.size() - 1);
  }

  /// How far it can be trusted: the worst that any doubt allows.
  public Completeness completeness() {
    Completeness worst = Completeness.WHOLE;
    for (Doubt doubt : doubts) {
      Completeness allowed = doubt.reason().completeness();
      worst = allowed.compareTo(worst) < 0 ? allowed : worst;
    }
    return worst;
  }

  /// The image that is executed now, or the last one known.
  public Link image() {
    return links.getLast();
  }

  /// Where what a bound left out belongs: the index of the first link after it, the number of links
  /// when it is the end; empty when nothing was left out. It is where the ordinals make a jump that
  /// no doubt accounts for.
  public OptionalInt omittedBefore() {
    if (omitted.count() == 0) {
      return OptionalInt.empty();
    }
    int index = 1;
    while (index < links.size() && !jumps(index)) {
      index++;
    }
    return OptionalInt.of(index);
  }

  private boolean jumps(int index) {
    long first = links.get(index - 1).ordinal() + 1;
    long last = links.get(index).ordinal() - 1;
    long unknown = last - first + 1;
    for (Doubt doubt : doubts) {
      unknown -= Math.max(0, Math.min(last, doubt.last()) - Math.max(first, doubt.first()) + 1);
    }
    return unknown > 0;
  }
}
