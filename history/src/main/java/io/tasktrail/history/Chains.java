package io.tasktrail.history;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Doubt;
import io.tasktrail.event.Doubt.Reason;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Omitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How a history grows, is cut and is repaired.
///
/// What holds of every history: each ordinal from 1 to its exec count has a certain link, or is
/// counted in what was left out, or is covered by a doubt. A link that is covered by a doubt is
/// presumed, or was seen by a snapshot although the exec itself should have been captured.
///
/// A history longer than the bound keeps its first and its last links. Of those between, the
/// certain ones are counted and digested ([LeftOut]); the doubtful ones are dropped, their doubts
/// stay.
final class Chains {

  private final FoldLimits limits;

  Chains(FoldLimits limits) {
    this.limits = limits;
  }

  /// The history as it was when its lineage had executed so many images. Cut within what was left
  /// out, it says how many are left out of it, without a digest.
  History upTo(History history, long execCount) {
    if (execCount >= history.execCount()) {
      return history;
    }
    int kept = indexOf(history, execCount + 1);
    List<Link> links = history.links().subList(0, kept);
    Doubts doubts = new Doubts(history.doubts()).upTo(execCount);
    OptionalInt middle = history.omittedBefore();
    Omitted omitted =
        middle.isEmpty() || kept < middle.getAsInt() ? Omitted.NONE : history.omitted();
    History cut = new History(links, omitted, execCount, doubts.ranges());
    return middle.equals(OptionalInt.of(kept)) ? withinWhatWasLeftOut(cut) : cut;
  }

  /// The history once its lineage has executed so many images, of which the new ones are not known.
  History reaching(History history, long execCount, Reason reason) {
    if (execCount <= history.execCount()) {
      return history;
    }
    Doubt unknown = new Doubt(history.execCount() + 1, execCount, reason, Optional.empty());
    Doubts doubts = new Doubts(history.doubts()).and(unknown).bounded(limits.count(Bound.DOUBTS));
    return new History(history.links(), history.omitted(), execCount, doubts.ranges());
  }

  /// The history with a link in its place: the next one, or one that was missing or known less
  /// well.
  ///
  /// @param link its ordinal is at least 1 and at most one more than the exec count
  History with(History history, Link link) {
    int at = indexOf(history, link.ordinal());
    if (known(history, link.ordinal())) {
      return history.links().get(at).source().compareTo(link.source()) <= 0
          ? history
          : placed(history, replaced(history.links(), at, link), link);
    }
    boolean late = link.ordinal() <= history.execCount();
    return late && history.omittedBefore().equals(OptionalInt.of(at))
        ? leftOutLate(history, link)
        : placed(history, inserted(history.links(), at, link), link);
  }

  /// The history, with those links of a likely ancestor that it may have inherited where nothing is
  /// known.
  ///
  /// @param bornNanos when the task of the history started: what was executed later it did not
  ///     inherit
  History presuming(History history, History ancestor, long bornNanos) {
    History presumed = history;
    for (Link link : ancestor.links()) {
      if (link.startNanos() <= bornNanos && unknownAndNotLost(history, link.ordinal())) {
        presumed = with(presumed, link.as(LinkSource.PRESUMED));
      }
    }
    return presumed;
  }

  /// The history of a task whose fork was read after other events of it: what it has since
  /// executed, on top of what it inherited. (One so long that a bound bit stays as it is.)
  History grafted(History own, History inherited) {
    long fork = inherited.execCount();
    if (own.omitted().count() > 0) {
      return own;
    }
    if (own.execCount() <= fork) {
      return inherited;
    }
    List<Link> links = new ArrayList<>(inherited.links());
    links.addAll(own.links().subList(indexOf(own, fork + 1), own.links().size()));
    Doubts doubts = new Doubts(inherited.doubts()).and(new Doubts(own.doubts()).lostFrom(fork + 1));
    return trimmed(
        new History(
            links,
            inherited.omitted(),
            own.execCount(),
            doubts.bounded(limits.count(Bound.DOUBTS)).ranges()));
  }

  private History placed(History history, List<Link> links, Link link) {
    long execCount = Math.max(history.execCount(), link.ordinal());
    return trimmed(new History(links, history.omitted(), execCount, doubtsLeft(history, link)));
  }

  /// Only the exec itself settles a doubt: a snapshot sees what is executed, not since when.
  private List<Doubt> doubtsLeft(History history, Link link) {
    return history.doubts().isEmpty() || link.source() != LinkSource.EXECUTED
        ? history.doubts()
        : new Doubts(history.doubts())
            .without(link.ordinal())
            .bounded(limits.count(Bound.DOUBTS))
            .ranges();
  }

  private History trimmed(History history) {
    int first = limits.count(Bound.FIRST_LINKS);
    int most = first + limits.count(Bound.LAST_LINKS);
    if (history.links().size() <= most) {
      return history;
    }
    Doubts doubts = new Doubts(history.doubts());
    List<Link> kept = new ArrayList<>(history.links());
    Omitted omitted = history.omitted();
    while (kept.size() > most) {
      Link out = kept.remove(first);
      omitted = doubts.about(out.ordinal()).isPresent() ? omitted : LeftOut.with(omitted, out);
    }
    return new History(kept, omitted, history.execCount(), history.doubts());
  }

  private History leftOutLate(History history, Link link) {
    boolean missing = new Doubts(history.doubts()).about(link.ordinal()).isPresent();
    return missing && link.source() == LinkSource.EXECUTED
        ? new History(
            history.links(),
            LeftOut.with(history.omitted(), link),
            history.execCount(),
            doubtsLeft(history, link))
        : history;
  }

  private static History withinWhatWasLeftOut(History cut) {
    long last = cut.image().ordinal();
    long zone = cut.execCount() - last;
    long doubtful = 0;
    for (Doubt doubt : cut.doubts()) {
      doubtful += Math.max(0, doubt.last() - Math.max(doubt.first() - 1, last));
    }
    long count = Math.clamp(zone - doubtful, 0, cut.omitted().count());
    Omitted omitted =
        count == cut.omitted().count() ? cut.omitted() : new Omitted(count, ByteText.EMPTY);
    return new History(cut.links(), omitted, cut.execCount(), cut.doubts());
  }

  private boolean unknownAndNotLost(History history, long ordinal) {
    Optional<Doubt> doubt = new Doubts(history.doubts()).about(ordinal);
    return doubt.isPresent() && !isLoss(doubt.get()) && !known(history, ordinal);
  }

  private static boolean known(History history, long ordinal) {
    int at = indexOf(history, ordinal);
    return at < history.links().size() && history.links().get(at).ordinal() == ordinal;
  }

  private static boolean isLoss(Doubt doubt) {
    return doubt.reason() == Reason.LOST;
  }

  private static List<Link> inserted(List<Link> links, int at, Link link) {
    List<Link> more = new ArrayList<>(links);
    more.add(at, link);
    return more;
  }

  private static List<Link> replaced(List<Link> links, int at, Link link) {
    List<Link> changed = new ArrayList<>(links);
    changed.set(at, link);
    return changed;
  }

  /// The index of the first link with this ordinal or a higher one. Searched from the end: what is
  /// asked for is nearly always there.
  private static int indexOf(History history, long ordinal) {
    int index = history.links().size();
    while (index > 0 && history.links().get(index - 1).ordinal() >= ordinal) {
      index--;
    }
    return index;
  }
}
