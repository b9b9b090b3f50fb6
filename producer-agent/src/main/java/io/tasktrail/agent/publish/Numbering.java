package io.tasktrail.agent.publish;

import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;

/// Gives what the agent itself says a number of the capture that it reads.
public interface Numbering {

  /// An event of the pseudo-cpu -1. Its number is never given again: it must be published, or
  /// declared lost.
  TaskEvent own(Fact fact);

  /// Whether an event is of the capture whose numbers [#own] gives.
  boolean isOfCapture(Header header);
}
