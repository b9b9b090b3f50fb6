package io.tasktrail.agent.ring;

import java.util.List;

/// A point in the ring: all that was handed out before it. Once all of that is acknowledged, it is
/// given back with [CaptureRing#release].
///
/// @param position of the ring
/// @param progress one per counter, in their order
public record Checkpoint(long position, List<Progress> progress) {

  public Checkpoint {
    progress = List.copyOf(progress);
  }
}
