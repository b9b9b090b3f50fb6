package io.tasktrail.history;

import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.history.Ledger.Capture;
import io.tasktrail.history.Ledger.Loss;
import io.tasktrail.history.Ledger.Snapshot;
import io.tasktrail.history.Ledger.Sweep;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What comes in: tells duplicates from the rest by their numbers, and keeps the
/// [Ledger] of captures and losses.
final class Intake {

  private final FoldLimits limits;

  Intake(FoldLimits limits) {
    this.limits = limits;
  }

  /// Whether the event arrives for the first time.
  boolean accepts(BootState state, Header header) {
    Source source = new Source(header.capture(), header.cpu());
    Optional<Received> received = received(state, source, header);
    if (header.sequence() < 1 || received.isEmpty()) {
      state.put(state.ledger().bitten(Bound.SOURCES));
      return true;
    }
    Received before = received.get();
    Optional<Received> after = before.with(header.sequence());
    if (after.isEmpty()) {
      return false;
    }
    keep(state, source, after.get());
    if (before.jumpsTo(header.sequence())) {
      unsettled(state, header);
    }
    return true;
  }

  /// Takes down what an event says of its capture.
  void note(BootState state, Header header, Fact fact) {
    switch (fact) {
      case Fact.EventsLost lost -> lost(state, header, lost);
      case Fact.AgentStarted started ->
          change(state, header, capture -> capture.armedBy(started.armedNanos()));
      case Fact.SnapshotStarted _ -> snapshotStarted(state, header);
      case Fact.TaskSeen _ -> seen(state, header);
      case Fact.SnapshotFinished finished -> snapshotFinished(state, header, finished.tasks());
      default -> {
        // says nothing of it
      }
    }
  }

  /// Until what may still come has had time to come.
  private void unsettled(BootState state, Header header) {
    long until = header.bootNanos() + limits.get(Bound.GRACE);
    state.put(state.ledger().unsettledUntil(until));
  }

  private void lost(BootState state, Header header, Fact.EventsLost lost) {
    if (!lost.isNumbered()) {
      unsettled(state, header);
      keep(state, header, lost);
      return;
    }
    if (lost.first() < 1 || lost.last() < lost.first()) {
      return;
    }
    Source source = new Source(header.capture(), lost.cpu());
    received(state, source, header)
        .ifPresent(received -> keep(state, source, received.missingUpTo(lost.last())));
    unsettled(state, header);
    if (lost.cpu() >= 0) {
      keep(state, header, lost);
    }
  }

  private void keep(BootState state, Header header, Fact.EventsLost lost) {
    Loss loss = new Loss(header.eventId().uuid(), lost.fromNanos(), lost.toNanos());
    state.put(state.ledger().with(loss, limits.count(Bound.LOSSES)));
  }

  private void snapshotStarted(BootState state, Header header) {
    Snapshot begun = new Snapshot(header.bootNanos(), 0);
    change(state, header, capture -> capture.armedBy(header.bootNanos()).with(Optional.of(begun)));
    unsettled(state, header);
  }

  private void seen(BootState state, Header header) {
    change(state, header, capture -> capture.with(capture.snapshot().map(Snapshot::withOneMore)));
    unsettled(state, header);
  }

  /// One of which a part was lost finds nobody missing.
  private void snapshotFinished(BootState state, Header header, long tasks) {
    Optional<Sweep> sweep =
        state
            .ledger()
            .capture(header.capture())
            .flatMap(Capture::snapshot)
            .filter(snapshot -> snapshot.seen() == tasks)
            .map(snapshot -> new Sweep(snapshot.startedNanos(), header.bootNanos()));
    change(state, header, capture -> capture.with(Optional.empty()));
    state.put(state.ledger().with(sweep));
    unsettled(state, header);
  }

  private static void change(BootState state, Header header, UnaryOperator<Capture> change) {
    Ledger ledger = state.ledger();
    ledger
        .capture(header.capture())
        .map(capture -> ledger.with(change.apply(capture)))
        .filter(changed -> !changed.equals(ledger))
        .ifPresent(state::put);
  }

  /// What arrived from a source; empty when there are too many sources for one more.
  private Optional<Received> received(BootState state, Source source, Header header) {
    Optional<Received> known = state.received(source);
    return known.isPresent() || !enrolls(state, source, header)
        ? known
        : Optional.of(Received.NONE);
  }

  /// The capture was armed when the kernel numbered an event, at the latest. Where a cpu was not
  /// heard of before, nobody knows what is still to come from it.
  private boolean enrolls(BootState state, Source source, Header header) {
    CaptureId id = source.capture();
    Capture capture = state.ledger().capture(id).orElse(Capture.unheardOf(id));
    if (capture.cpus().size() >= limits.count(Bound.SOURCES)) {
      return false;
    }
    Capture enrolled = capture.with(source.cpu());
    boolean kernel = header.cpu() >= 0;
    state.put(state.ledger().with(kernel ? enrolled.armedBy(header.bootNanos()) : enrolled));
    state.put(source, Received.NONE);
    forgetOldCaptures(state);
    unsettled(state, header);
    return true;
  }

  private void forgetOldCaptures(BootState state) {
    while (state.ledger().captures().size() > limits.count(Bound.CAPTURES)) {
      Capture oldest = state.ledger().captures().getFirst();
      oldest.cpus().forEach(cpu -> state.forget(new Source(oldest.id(), cpu)));
      state.put(state.ledger().withoutOldestCapture());
    }
  }

  private void keep(BootState state, Source source, Received received) {
    Received bounded = received.bounded(limits.count(Bound.GAPS));
    state.put(source, bounded);
    int forgotten = received.gaps().size() - bounded.gaps().size();
    if (forgotten > 0) {
      state.put(state.ledger().bitten(Bound.GAPS, forgotten));
    }
  }
}
