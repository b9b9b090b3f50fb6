package io.tasktrail.history;

import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.history.Ledger.Capture;
import io.tasktrail.history.Ledger.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What comes in: tells duplicates from the rest by their numbers, and keeps the [Ledger] of
/// captures and losses.
final class Intake {

  private final FoldLimits limits;

  Intake(FoldLimits limits) {
    this.limits = limits;
  }

  /// Whether the event arrives for the first time.
  boolean accepts(HostState state, Header header) {
    Source source = new Source(header.capture(), header.cpu());
    Optional<Received> received = received(state, source, header);
    if (header.sequence() < 1 || received.isEmpty()) {
      Ledger ledger = state.ledger();
      state.put(ledger.with(ledger.bites().uncheckedEvent()));
      return true;
    }
    Optional<Received> after = received.get().with(header.sequence());
    after.ifPresent(more -> keep(state, source, more));
    return after.isPresent();
  }

  /// Takes down what an event says of its capture.
  void note(HostState state, Header header, Fact.OfCapture fact) {
    switch (fact) {
      case Fact.EventsLost lost -> lost(state, header, lost);
      case Fact.AgentStarted started -> armed(state, header, started.armedNanos());
      case Fact.SnapshotStarted _ -> armed(state, header, header.bootNanos());
      case Fact.SnapshotFinished _,
          Fact.AgentStopping _,
          Fact.Heartbeat _,
          Fact.Unrecognized _ -> {}
    }
  }

  private void lost(HostState state, Header header, Fact.EventsLost lost) {
    if (lost.first() < 1 || lost.last() < lost.first()) {
      return;
    }
    Source source = new Source(header.capture(), lost.cpu());
    received(state, source, header)
        .ifPresent(received -> keep(state, source, received.missingUpTo(lost.last())));
    if (lost.cpu() >= 0) {
      Loss loss = new Loss(header.eventId().uuid(), lost.fromNanos(), lost.toNanos());
      state.put(state.ledger().with(loss, limits.losses()));
    }
  }

  /// A capture was armed at this time at the latest: its agent says so, or it began a snapshot, or
  /// the kernel numbered an event.
  private static void armed(HostState state, Header header, long atLatestNanos) {
    Ledger ledger = state.ledger();
    ledger
        .capture(header.capture())
        .filter(capture -> atLatestNanos < capture.armedNanos())
        .map(capture -> new Capture(capture.id(), atLatestNanos, capture.cpus()))
        .ifPresent(capture -> state.put(ledger.with(capture)));
  }

  /// What arrived from a source; empty when there are too many sources for one more.
  private Optional<Received> received(HostState state, Source source, Header header) {
    Optional<Received> known = state.received(source);
    return known.isPresent() || !enrolls(state, source, header)
        ? known
        : Optional.of(Received.NONE);
  }

  private boolean enrolls(HostState state, Source source, Header header) {
    CaptureId id = source.capture();
    Capture capture =
        state.ledger().capture(id).orElse(new Capture(id, Capture.UNKNOWN, List.of()));
    if (capture.cpus().size() >= limits.sources()) {
      return false;
    }
    List<Integer> cpus = new ArrayList<>(capture.cpus());
    cpus.add(source.cpu());
    state.put(state.ledger().with(new Capture(id, capture.armedNanos(), cpus)));
    state.put(source, Received.NONE);
    forgetOldCaptures(state);
    if (header.cpu() >= 0) {
      armed(state, header, header.bootNanos());
    }
    return true;
  }

  private void forgetOldCaptures(HostState state) {
    while (state.ledger().captures().size() > limits.captures()) {
      Capture oldest = state.ledger().captures().getFirst();
      oldest.cpus().forEach(cpu -> state.forget(new Source(oldest.id(), cpu)));
      state.put(state.ledger().withoutOldestCapture());
    }
  }

  private void keep(HostState state, Source source, Received received) {
    Received bounded = received.bounded(limits.gaps());
    state.put(source, bounded);
    int forgotten = received.gaps().size() - bounded.gaps().size();
    if (forgotten > 0) {
      Ledger ledger = state.ledger();
      state.put(ledger.with(ledger.bites().gaps(forgotten)));
    }
  }
}
