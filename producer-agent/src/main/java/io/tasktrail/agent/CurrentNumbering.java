package io.tasktrail.agent;

import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.function.Supplier;

/// The numbers of the capture that is being read now: a publisher outlives captures.
final class CurrentNumbering implements Numbering {

  private Supplier<Numbering> current =
      () -> {
        throw new IllegalStateException("no capture is being read yet");
      };

  /// Once, before the publisher works for the first time.
  void follow(Supplier<Numbering> numbering) {
    current = numbering;
  }

  @Override
  public TaskEvent own(Fact fact) {
    return current.get().own(fact);
  }

  @Override
  public boolean isOfCapture(Header header) {
    return current.get().isOfCapture(header);
  }
}
