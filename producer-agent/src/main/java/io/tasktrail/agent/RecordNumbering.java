package io.tasktrail.agent;

import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.audit.Origin;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.UUID;

/// Numbers what an agent that reads records says itself: of this host in the capture of its
/// last event, or in one of its own before there is any; of a lost event in the capture of that.
final class RecordNumbering implements Numbering {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Identity identity;
  private final Origin.Boot running;
  private final OwnNumbers numbers;

  /// The last event of this host.
  private Header here;

  private Header last;

  /// @param beganMillis when this boot did, since 1970
  RecordNumbering(Identity identity, long beganMillis, OwnNumbers numbers) {
    this.identity = identity;
    this.numbers = numbers;
    running = new Origin.Boot(identity.boot(), beganMillis);
    here =
        header(
            identity.boot(), new CaptureId(UUID.randomUUID()), 0, 0, beganMillis * NANOS_PER_MILLI);
    last = here;
  }

  private Header header(BootId boot, CaptureId capture, long number, long nanos, long offset) {
    return new Header(
        identity.host(),
        identity.hostName(),
        boot,
        capture,
        Header.AUDIT_CPU,
        number,
        nanos,
        offset);
  }

  /// The boot that goes on now.
  Origin.Boot running() {
    return running;
  }

  /// The last event of this host.
  Header here() {
    return here;
  }

  /// Goes on in the capture of this event.
  void follow(Header header) {
    last = header;
    if (header.host().equals(identity.host())) {
      here = header;
    }
  }

  @Override
  public TaskEvent own(Fact fact) {
    return own(last, last.bootNanos(), fact);
  }

  /// Says something of the capture of another event.
  TaskEvent own(Header of, Fact fact) {
    return own(of, of.bootNanos(), fact);
  }

  /// Says something of this host.
  ///
  /// @param nowMillis since 1970; what was said last is never later
  TaskEvent ofHost(long nowMillis, Fact fact) {
    long nanos = nowMillis * NANOS_PER_MILLI - here.wallOffsetNanos();
    return own(here, Math.max(here.bootNanos(), nanos), fact);
  }

  private TaskEvent own(Header of, long bootNanos, Fact fact) {
    return new TaskEvent(
        new Header(
            of.host(),
            of.hostName(),
            of.boot(),
            of.capture(),
            Header.AGENT_CPU,
            numbers.next(of.capture()),
            bootNanos,
            of.wallOffsetNanos()),
        fact);
  }

  @Override
  public boolean isOfCapture(Header header) {
    return header.capture().equals(last.capture());
  }

  void save(DataOutput out) throws IOException {
    write(here.boot().value(), out);
    write(here.capture().value(), out);
    out.writeLong(here.sequence());
    out.writeLong(here.bootNanos());
    out.writeLong(here.wallOffsetNanos());
  }

  private static void write(UUID id, DataOutput out) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  void restore(DataInput in) throws IOException {
    here =
        header(
            new BootId(new UUID(in.readLong(), in.readLong())),
            new CaptureId(new UUID(in.readLong(), in.readLong())),
            in.readLong(),
            in.readLong(),
            in.readLong());
    last = here;
  }
}
