package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact;

/// Receives what a poll finds, in the order of the ring.
public interface CaptureHandler {

  /// A record of the kernel.
  void event(KernelEvent event);

  /// Sequence numbers that will never come; called before the event that follows them.
  void lost(Fact.EventsLost loss);
}
