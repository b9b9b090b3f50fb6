package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact;

/// One record of the ring, as an event of the vocabulary; only the host is missing.
///
/// @param cpu the cpu or pseudo-cpu that numbered it
/// @param sequence 1, 2, 3, … within the cpu
/// @param bootNanos when: CLOCK_BOOTTIME
public record KernelEvent(int cpu, long sequence, long bootNanos, Fact fact) {

  /// The same event, of which more is known.
  public KernelEvent with(Fact completed) {
    return new KernelEvent(cpu, sequence, bootNanos, completed);
  }
}
