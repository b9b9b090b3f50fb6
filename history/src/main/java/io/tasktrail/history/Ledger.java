package io.tasktrail.history;

import io.tasktrail.event.CaptureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is known of the captures and losses of one boot of a host. Bounded by [FoldLimits]; changes
/// rarely.
///
/// @param captures the oldest first
/// @param losses those of the kernel's own events that were announced, the oldest first
/// @param bites how often each bound bit
/// @param unsettledUntilNanos the boot time until which something may come late, or out of order
/// @param uncorrectableNanos a boot time that is not before any event with a doubtful history that
///     can't be corrected; 0 when there is none
/// @param sweep a snapshot that is done, and whom it did not find is still to be told
public record Ledger(
    List<Capture> captures,
    List<Loss> losses,
    Bites bites,
    long unsettledUntilNanos,
    long uncorrectableNanos,
    Optional<Sweep> sweep) {

  /// Nothing known.
  public static final Ledger EMPTY =
      new Ledger(List.of(), List.of(), Bites.NONE, 0, 0, Optional.empty());

  private static final long ROUNDED_TO = 1_000_000_000L;

  public Ledger {
    captures = List.copyOf(captures);
    losses = List.copyOf(losses);
  }

  /// A capture.
  ///
  /// @param armedNanos the boot time from which on every fork was numbered, or a later one where
  ///     its agent did not say; [#UNKNOWN] when nothing says
  /// @param cpus the cpus and pseudo-cpus from which something arrived
  /// @param snapshot its snapshot that is under way
  public record Capture(
      CaptureId id, long armedNanos, List<Integer> cpus, Optional<Snapshot> snapshot) {

    /// Later than anything.
    public static final long UNKNOWN = Long.MAX_VALUE;

    public Capture {
      cpus = List.copyOf(cpus);
    }

    /// A capture of which nothing was heard before.
    static Capture unheardOf(CaptureId id) {
      return new Capture(id, UNKNOWN, List.of(), Optional.empty());
    }

    Capture armedBy(long nanos) {
      return nanos < armedNanos ? new Capture(id, nanos, cpus, snapshot) : this;
    }

    Capture with(int cpu) {
      List<Integer> more = new ArrayList<>(cpus);
      more.add(cpu);
      return new Capture(id, armedNanos, more, snapshot);
    }

    Capture with(Optional<Snapshot> underWay) {
      return new Capture(id, armedNanos, cpus, underWay);
    }
  }

  /// A snapshot that is under way.
  ///
  /// @param startedNanos boot time of its start
  /// @param seen how many tasks it has seen so far
  public record Snapshot(long startedNanos, long seen) {

    Snapshot withOneMore() {
      return new Snapshot(startedNanos, seen + 1);
    }
  }

  /// A snapshot that arrived whole.
  ///
  /// @param startedNanos boot time of its start
  /// @param finishedNanos boot time of its end
  public record Sweep(long startedNanos, long finishedNanos) {}

  /// A loss that was announced.
  ///
  /// @param id id of the `EventsLost` that announced it
  /// @param fromNanos boot time of the last event before it
  /// @param toNanos boot time of the first event after it
  public record Loss(UUID id, long fromNanos, long toNanos) {

    boolean overlaps(long from, long to) {
      return fromNanos <= to && from <= toNanos;
    }
  }

  Optional<Capture> capture(CaptureId id) {
    return captures.stream().filter(capture -> capture.id().equals(id)).findFirst();
  }

  /// Whether a task that started at this time started under the eyes of the capture.
  boolean watched(CaptureId id, long startNanos) {
    return capture(id).map(Capture::armedNanos).orElse(Capture.UNKNOWN) <= startNanos;
  }

  /// Whether something may still come that happened before this time.
  boolean unsettled(long nanos) {
    return nanos <= unsettledUntilNanos;
  }

  /// The latest announced loss that overlaps a time.
  Optional<UUID> lossWithin(long fromNanos, long toNanos) {
    for (Loss loss : losses.reversed()) {
      if (loss.overlaps(fromNanos, toNanos)) {
        return Optional.of(loss.id());
      }
    }
    return Optional.empty();
  }

  /// With one more bite of a bound.
  Ledger bitten(Bound bound) {
    return bitten(bound, 1);
  }

  Ledger bitten(Bound bound, long times) {
    Bites more = bites.with(bound, times);
    return new Ledger(captures, losses, more, unsettledUntilNanos, uncorrectableNanos, sweep);
  }

  Ledger unsettledUntil(long nanos) {
    return nanos <= unsettledUntilNanos
        ? this
        : new Ledger(captures, losses, bites, nanos, uncorrectableNanos, sweep);
  }

  /// With a doubtful event of this time that can't be corrected. Rounded up, so that this changes
  /// at most once a second.
  Ledger uncorrectable(long nanos) {
    return nanos <= uncorrectableNanos
        ? this
        : new Ledger(captures, losses, bites, unsettledUntilNanos, nanos + ROUNDED_TO, sweep);
  }

  Ledger with(Optional<Sweep> due) {
    return new Ledger(captures, losses, bites, unsettledUntilNanos, uncorrectableNanos, due);
  }

  /// With this capture in place of what was known of it, or as the newest.
  Ledger with(Capture known) {
    List<Capture> changed = new ArrayList<>(captures);
    changed.replaceAll(old -> old.id().equals(known.id()) ? known : old);
    if (capture(known.id()).isEmpty()) {
      changed.add(known);
    }
    return with(changed);
  }

  Ledger withoutOldestCapture() {
    return with(captures.subList(1, captures.size())).bitten(Bound.CAPTURES);
  }

  private Ledger with(List<Capture> others) {
    return new Ledger(others, losses, bites, unsettledUntilNanos, uncorrectableNanos, sweep);
  }

  /// With one more loss, and at most so many.
  Ledger with(Loss loss, int most) {
    List<Loss> more = new ArrayList<>(losses);
    more.add(loss);
    boolean fits = more.size() <= most;
    Ledger with =
        new Ledger(
            captures,
            fits ? more : more.subList(1, more.size()),
            bites,
            unsettledUntilNanos,
            uncorrectableNanos,
            sweep);
    return fits ? with : with.bitten(Bound.LOSSES);
  }
}
