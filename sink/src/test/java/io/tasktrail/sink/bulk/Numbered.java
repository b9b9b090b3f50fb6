package io.tasktrail.sink.bulk;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import java.time.Instant;
import java.util.UUID;

/// Events that differ by a number, each with an id of its own.
final class Numbered {

  private static final UUID ID = new UUID(1, 2);
  private static final long NANOS = 1_000_000_000L;

  private Numbered() {}

  static AuditEvent event(long number, Instant at) {
    Header header =
        new Header(
            new HostId(ID),
            "web-1",
            new BootId(ID),
            new CaptureId(ID),
            Header.AGENT_CPU,
            number,
            0,
            at.getEpochSecond() * NANOS);
    return AuditEvent.of(new TaskEvent(header, new Fact.AgentStopping("x")));
  }
}
