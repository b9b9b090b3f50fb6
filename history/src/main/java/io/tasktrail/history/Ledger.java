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
/// @param losses those of real cpus that were announced, the oldest first
/// @param bites how often a bound bit
public record Ledger(List<Capture> captures, List<Loss> losses, Bites bites) {

  /// Nothing known.
  public static final Ledger EMPTY = new Ledger(List.of(), List.of(), Bites.NONE);

  public Ledger {
    captures = List.copyOf(captures);
    losses = List.copyOf(losses);
  }

  /// A capture.
  ///
  /// @param armedNanos the boot time from which on every fork was numbered, or a later one where
  ///     its agent did not say; [#UNKNOWN] when nothing says
  /// @param cpus the cpus and pseudo-cpus from which something arrived
  public record Capture(CaptureId id, long armedNanos, List<Integer> cpus) {

    /// Later than anything.
    public static final long UNKNOWN = Long.MAX_VALUE;

    public Capture {
      cpus = List.copyOf(cpus);
    }
  }

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

  /// How often each bound bit.
  ///
  /// @param endedEarly ended tasks forgotten before their grace was over
  /// @param gapsForgotten gaps forgotten
  /// @param lossesForgotten announced losses forgotten
  /// @param capturesForgotten captures forgotten
  /// @param unchecked events that could not be checked for duplicates
  public record Bites(
      long endedEarly,
      long gapsForgotten,
      long lossesForgotten,
      long capturesForgotten,
      long unchecked) {

    /// Never.
    public static final Bites NONE = new Bites(0, 0, 0, 0, 0);

    /// One more ended task forgotten early.
    Bites endedTaskEarly() {
      return new Bites(
          endedEarly + 1, gapsForgotten, lossesForgotten, capturesForgotten, unchecked);
    }

    Bites gaps(int more) {
      return new Bites(
          endedEarly, gapsForgotten + more, lossesForgotten, capturesForgotten, unchecked);
    }

    Bites loss() {
      return new Bites(
          endedEarly, gapsForgotten, lossesForgotten + 1, capturesForgotten, unchecked);
    }

    Bites capture() {
      return new Bites(
          endedEarly, gapsForgotten, lossesForgotten, capturesForgotten + 1, unchecked);
    }

    Bites uncheckedEvent() {
      return new Bites(
          endedEarly, gapsForgotten, lossesForgotten, capturesForgotten, unchecked + 1);
    }
  }

  Optional<Capture> capture(CaptureId id) {
    return captures.stream().filter(capture -> capture.id().equals(id)).findFirst();
  }

  /// Whether a task that started at this time started under the eyes of the capture.
  boolean watched(CaptureId id, long startNanos) {
    return capture(id).map(Capture::armedNanos).orElse(Capture.UNKNOWN) <= startNanos;
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

  Ledger with(Bites counted) {
    return new Ledger(captures, losses, counted);
  }

  /// With this capture in place of what was known of it, or as the newest.
  Ledger with(Capture known) {
    List<Capture> changed = new ArrayList<>(captures);
    changed.replaceAll(old -> old.id().equals(known.id()) ? known : old);
    if (capture(known.id()).isEmpty()) {
      changed.add(known);
    }
    return new Ledger(changed, losses, bites);
  }

  Ledger withoutOldestCapture() {
    return new Ledger(captures.subList(1, captures.size()), losses, bites.capture());
  }

  /// With one more loss, and at most so many.
  Ledger with(Loss loss, int most) {
    List<Loss> more = new ArrayList<>(losses);
    more.add(loss);
    return more.size() <= most
        ? new Ledger(captures, more, bites)
        : new Ledger(captures, more.subList(1, more.size()), bites.loss());
  }
}
