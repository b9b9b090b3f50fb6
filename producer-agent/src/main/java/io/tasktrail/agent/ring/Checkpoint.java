package io.tasktrail.agent.ring;

import java.util.List;

/// A point in the ring: all that was handed out before it. Once all of that is acknowledged, it is
/// given back with [CaptureRing#release].
///
/// @param position of the ring
/// @param agentSequence the last sequence of the agent's own events at this point
/// @param progress one per counter, in their order
public record Checkpoint(long position, long agentSequence, List<Progress> progress) {

  public Checkpoint {
    progress = List.copyOf(progress);
  }
}
