package io.tasktrail.history;

/// The bounds of the fold. What happens where one bites is said at each; [Ledger.Bites] counts it.
///
/// @param graceNanos how long an ended task is remembered, in its host's own boot time
/// @param endedTasks how many ended tasks are remembered at most; over it, the first to end is
///     forgotten before its grace is over
/// @param expiriesPerEvent how many ended tasks one event may forget, at least 2 so that the queue
///     shrinks
/// @param firstLinks links kept from the start of a long history, the root included
/// @param lastLinks links kept from its end; what is between is counted and digested, see [Chains]
/// @param doubts doubts of one history; over it, the nearest two become one that covers what is
///     between them too
/// @param gaps ranges of missing numbers that are remembered of one source; over it, the lowest is
///     forgotten, and what arrives out of it late counts as a duplicate
/// @param losses announced losses that are remembered of a host, to name them in doubts; over it,
///     the oldest is forgotten
/// @param captures captures of one boot whose numbers are remembered; over it, the oldest is
///     forgotten
/// @param sources cpus and pseudo-cpus of one capture; the events of those over it are not checked
///     for duplicates
/// @param ancestors how far up a presumed history is looked for
public record FoldLimits(
    long graceNanos,
    int endedTasks,
    int expiriesPerEvent,
    int firstLinks,
    int lastLinks,
    int doubts,
    int gaps,
    int losses,
    int captures,
    int sources,
    int ancestors) {

  /// Ten seconds or 10,000 ended tasks; 32 + 96 links.
  public static final FoldLimits DEFAULT =
      new FoldLimits(10_000_000_000L, 10_000, 8, 32, 96, 16, 64, 64, 8, 8192, 16);

  public FoldLimits {
    atLeast("graceNanos", graceNanos, 0);
    atLeast("endedTasks", endedTasks, 0);
    atLeast("expiriesPerEvent", expiriesPerEvent, 2);
    atLeast("firstLinks", firstLinks, 1);
    atLeast("lastLinks", lastLinks, 1);
    atLeast("doubts", doubts, 1);
    atLeast("gaps", gaps, 1);
    atLeast("losses", losses, 0);
    atLeast("captures", captures, 1);
    atLeast("sources", sources, 1);
    atLeast("ancestors", ancestors, 0);
  }

  /// The same, but for how long and how many ended tasks are remembered.
  public FoldLimits remembering(long otherGraceNanos, int otherEndedTasks) {
    return new FoldLimits(
        otherGraceNanos,
        otherEndedTasks,
        expiriesPerEvent,
        firstLinks,
        lastLinks,
        doubts,
        gaps,
        losses,
        captures,
        sources,
        ancestors);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", not at least " + least);
    }
  }
}
