package io.tasktrail.agent;

import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.audit.Origin;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.util.UUID;

/// Numbers what an agent that reads audit records says itself: in the capture of the last event
/// that it made, or in one of its own before there is any.
final class AuditNumbering implements Numbering {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Origin.Boot running;
  private Header last;
  private long number;

  /// @param beganMillis when this boot did, since 1970
  AuditNumbering(Identity identity, long beganMillis) {
    running = new Origin.Boot(identity.boot(), beganMillis);
    last =
        new Header(
            identity.host(),
            identity.hostName(),
            identity.boot(),
            new CaptureId(UUID.randomUUID()),
            Header.AGENT_CPU,
            0,
            0,
            beganMillis * NANOS_PER_MILLI);
  }

  /// The boot that goes on now.
  Origin.Boot running() {
    return running;
  }

  /// Goes on in the capture of this event.
  void follow(Header header) {
    if (!header.capture().equals(last.capture())) {
      number = 0;
    }
    last = header;
  }

  @Override
  public TaskEvent own(Fact fact) {
    return new TaskEvent(
        new Header(
            last.host(),
            last.hostName(),
            last.boot(),
            last.capture(),
            Header.AGENT_CPU,
            ++number,
            last.bootNanos(),
            last.wallOffsetNanos()),
        fact);
  }

  @Override
  public boolean isOfCapture(Header header) {
    return header.capture().equals(last.capture());
  }
}
