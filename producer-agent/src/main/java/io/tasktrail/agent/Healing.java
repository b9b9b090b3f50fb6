package io.tasktrail.agent;

import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import java.time.Duration;
import java.util.List;

/// Decides when the kernel is to write a new snapshot of what is alive: after a loss of its events,
/// since what is alive now need no longer be what the events that arrived tell. Pure.
///
///     whole ──a loss──▶ due ──room in the ring, wait over──▶ snapshot ──whole──▶ whole
///                        ▲                                      │
///                        └──a loss within or behind it──────────┘
///
/// A torn snapshot has lost numbers of its own, and is repeated for that reason.
final class Healing {

  /// Between two snapshots at first. One of 10,000 tasks takes about 80 ms and 2.5 MB: at most 1 %
  /// of a cpu.
  static final Duration WAIT_MIN = Duration.ofSeconds(10);

  /// The wait doubles up to here while each snapshot is followed by a loss: where the ring is too
  /// small for what happens, snapshots must not be what fills it.
  static final Duration WAIT_MAX = Duration.ofMinutes(5);

  /// Of one task in the ring: most take 200 to 260, a deep path up to 4 KB more.
  private static final long BYTES_PER_TASK = 256;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final long ringBytes;
  private boolean due;
  private boolean open;
  private long startedNanos = NEVER;
  private long waitNanos = WAIT_MIN.toNanos();
  private long tasks;

  /// @param ringBytes size of the ring
  /// @param settled what earlier agents left: nobody knows whether their losses were healed
  Healing(long ringBytes, List<Progress> settled) {
    this.ringBytes = ringBytes;
    this.due = settled.stream().anyMatch(each -> isKernels(each.cpu()) && each.lost() > 0);
  }

  /// A loss was found. What was lost before the last snapshot began is healed by it.
  void lost(Fact.EventsLost loss) {
    boolean kernels = isKernels(loss.cpu()) || !loss.isNumbered();
    due |= kernels && loss.toNanos() > startedNanos;
  }

  /// Something of the kernel's was lost at a time that nobody knows.
  void lost() {
    due = true;
  }

  /// An event of the kernel was read.
  void read(KernelEvent event) {
    if (event.fact() instanceof Fact.SnapshotFinished finished) {
      tasks = finished.tasks();
      open = false;
    }
  }

  /// What the one before began and did not see whole is to be done with the next capture.
  void takeOver(Healing before) {
    due |= before.due || before.open;
  }

  /// Whether to begin a snapshot now.
  ///
  /// @param usedBytes of the ring
  boolean isDue(long nowNanos, long usedBytes) {
    return due && nowNanos - startedNanos >= waitNanos && ringBytes - usedBytes >= room();
  }

  /// Twice what the last snapshot took, and never less than half of the ring: what happens
  /// meanwhile needs room as well. A ring that is smaller than that is tried when all but empty.
  private long room() {
    return Math.clamp(2 * tasks * BYTES_PER_TASK, ringBytes / 2, ringBytes - ringBytes / 8);
  }

  /// A snapshot is about to begin.
  void begin(long nowNanos) {
    boolean soon = nowNanos - startedNanos < 2 * waitNanos;
    waitNanos = soon ? Math.min(2 * waitNanos, WAIT_MAX.toNanos()) : WAIT_MIN.toNanos();
    startedNanos = nowNanos;
    due = false;
    open = true;
  }

  private static boolean isKernels(int cpu) {
    return cpu != Header.AGENT_CPU;
  }
}
