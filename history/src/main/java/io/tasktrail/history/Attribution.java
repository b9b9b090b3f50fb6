package io.tasktrail.history;

import io.tasktrail.event.Doubt;
import io.tasktrail.event.Doubt.Reason;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Names the announced loss that may hold the execs that a history lacks: one that overlaps the
/// time between the links around them.
///
/// @param nowNanos the time of the event: what it speaks of is not later
record Attribution(Ledger ledger, long nowNanos) {

  /// The history, with the losses named that can be.
  History of(History history) {
    if (ledger.losses().isEmpty() || history.doubts().stream().noneMatch(Attribution::nameless)) {
      return history;
    }
    List<Doubt> doubts = new ArrayList<>(history.doubts());
    doubts.replaceAll(doubt -> nameless(doubt) ? named(history, doubt) : doubt);
    return new History(history.links(), history.omitted(), history.execCount(), doubts);
  }

  private Doubt named(History history, Doubt doubt) {
    long from = 0;
    long to = nowNanos;
    for (Link link : history.links()) {
      if (link.ordinal() < doubt.first()) {
        from = link.startNanos();
      } else if (link.ordinal() > doubt.last() && link.source() == LinkSource.EXECUTED) {
        to = Math.min(to, link.startNanos());
      }
    }
    Optional<UUID> loss = ledger.lossWithin(from, to);
    return new Doubt(doubt.first(), doubt.last(), doubt.reason(), loss);
  }

  private static boolean nameless(Doubt doubt) {
    return doubt.reason() == Reason.LOST && doubt.loss().isEmpty();
  }
}
