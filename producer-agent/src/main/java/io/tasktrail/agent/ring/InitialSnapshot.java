package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import java.util.Optional;

/// Brings the snapshot that the loader took to the front of a ring that nobody has read yet, so
/// that no event has an unknown creator.
///
/// What happened while the snapshot was being written stands among its records. A first pass hands
/// out the tasks that had started before the capture; a second pass, over all records, leaves them
/// out. Tasks that started later have a fork of their own and keep their place behind it, and so
/// does the end of the snapshot.
final class InitialSnapshot {

  private final RingCursor cursor;
  private final long end;
  private final long armedNanos;
  private long lastSequence;
  private boolean finished;

  /// @param cursor over the ring, for this pass alone
  /// @param end how far the ring is written
  /// @param armedNanos since when forks are captured
  InitialSnapshot(RingCursor cursor, long end, long armedNanos) {
    this.cursor = cursor;
    this.end = end;
    this.armedNanos = armedNanos;
  }

  /// The next record of the snapshot to hand out first; empty when there is none any more.
  Optional<KernelEvent> next() {
    while (!finished && cursor.hasNext(end)) {
      Optional<KernelEvent> event = cursor.next().filter(InitialSnapshot::isOfSnapshot);
      event.ifPresent(this::note);
      if (!finished && event.isPresent() && comesFirst(event.get())) {
        return event;
      }
    }
    finished = true;
    return Optional.empty();
  }

  /// Whether the first pass handed it out.
  boolean isHandedOut(KernelEvent event) {
    return isOfSnapshot(event) && event.sequence() <= lastSequence && comesFirst(event);
  }

  /// The first snapshot is over at its end, or where the next one begins: its end may be lost.
  private void note(KernelEvent event) {
    boolean another = event.fact() instanceof Fact.SnapshotStarted && lastSequence > 0;
    finished = another || event.fact() instanceof Fact.SnapshotFinished;
    lastSequence = another ? lastSequence : event.sequence();
  }

  private boolean comesFirst(KernelEvent event) {
    return event.fact() instanceof Fact.SnapshotStarted
        || (event.fact() instanceof Fact.TaskSeen seen
            && seen.actor().task().startNanos() < armedNanos);
  }

  private static boolean isOfSnapshot(KernelEvent event) {
    return event.cpu() == Header.SNAPSHOT_CPU;
  }
}
