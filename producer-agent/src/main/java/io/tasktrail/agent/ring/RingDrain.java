package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact;
import java.util.List;
import java.util.Optional;

/// The order in which the records of a ring are handed out: the first snapshot, then everything in
/// the ring's order, each sequence once, each loss where it is found.
final class RingDrain {

  private final RingCursor cursor;
  private final LossLedger ledger;
  private long counts;
  private final Optional<InitialSnapshot> first;
  private Optional<Cut> cut = Optional.empty();

  RingDrain(RingCursor cursor, LossLedger ledger, Optional<InitialSnapshot> first) {
    this.cursor = cursor;
    this.ledger = ledger;
    this.first = first;
  }

  /// Hands out records that stand before `end`.
  ///
  /// @param counters read before `end` was
  /// @param maxRecords how many records at most
  /// @param nowNanos boot time
  /// @return how many records were handed out
  int poll(
      CaptureHandler handler, List<Counter> counters, long end, int maxRecords, long nowNanos) {
    ledger.counted(counters);
    int handed = pollFirst(handler, maxRecords);
    while (handed < maxRecords && cursor.hasNext(end)) {
      handed += cursor.next().map(event -> handOut(event, handler)).orElse(0);
    }
    if (cursor.position() >= end) {
      ledger.settle(nowNanos).forEach(handler::lost);
      counts++;
    }
    return handed;
  }

  private int pollFirst(CaptureHandler handler, int maxRecords) {
    int handed = 0;
    while (first.isPresent() && handed < maxRecords) {
      Optional<KernelEvent> event = first.get().next();
      if (event.isEmpty()) {
        break;
      }
      handed += handOutFirst(event.get(), handler);
    }
    return handed;
  }

  private int handOutFirst(KernelEvent event, CaptureHandler handler) {
    if (!ledger.isNew(event.cpu(), event.sequence())) {
      return 0;
    }
    handler.event(event);
    return 1;
  }

  private int handOut(KernelEvent event, CaptureHandler handler) {
    if (!ledger.knows(event.cpu()) || !ledger.isNew(event.cpu(), event.sequence())) {
      return 0;
    }
    if (cut.filter(end -> end.isBehind(event)).isPresent()) {
      return 0;
    }
    Optional<Fact.EventsLost> loss =
        ledger.arrived(event.cpu(), event.sequence(), event.bootNanos());
    loss.ifPresent(handler::lost);
    if (first.filter(snapshot -> snapshot.isHandedOut(event)).isPresent()) {
      return 0;
    }
    handler.event(event);
    return 1;
  }

  /// What is behind the cut is passed over from now on.
  void endAt(Cut end) {
    cut = Optional.of(end);
  }

  /// Whether there is a cut, and all before `end` was handed out.
  boolean isOver(long end) {
    return cut.isPresent() && cursor.position() >= end;
  }

  /// Whether it is known where to end.
  boolean isCut() {
    return cut.isPresent();
  }

  long counts() {
    return counts;
  }

  long position() {
    return cursor.position();
  }

  long malformed() {
    return cursor.malformed();
  }

  Optional<Fact.EventsLost> abandoned(long agentSequence, long nowNanos) {
    return ledger.abandoned(agentSequence, nowNanos);
  }

  List<Progress> progress(long agentSequence) {
    return ledger.progress(agentSequence);
  }
}
