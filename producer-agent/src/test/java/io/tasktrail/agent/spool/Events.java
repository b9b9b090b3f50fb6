package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.event.Actor;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.OptionalInt;
import java.util.UUID;

/// Events to spool. A task of a number is of that pid and start.
final class Events {

  private static final HostId HOST = new HostId(new UUID(1, 1));
  private static final BootId BOOT = new BootId(new UUID(2, 2));
  static final CaptureId CAPTURE = new CaptureId(new UUID(3, 3));

  private Events() {}

  static TaskEvent event(CaptureId capture, int cpu, long sequence, Fact fact) {
    return new TaskEvent(
        new Header(HOST, "web-7", BOOT, capture, cpu, sequence, 100 * sequence, 5), fact);
  }

  static TaskEvent event(int cpu, long sequence, Fact fact) {
    return event(CAPTURE, cpu, sequence, fact);
  }

  /// Some event.
  static TaskEvent event(long sequence) {
    return event(0, sequence, moduleUnloaded(1));
  }

  static Fact fork(int creator, int child) {
    return new Fact.Forked(actor(creator), task(child), task(creator), 17, 9);
  }

  static Fact exit(int task) {
    return exit(task, OptionalInt.of(0), OptionalInt.empty());
  }

  static Fact killed(int task) {
    return exit(task, OptionalInt.empty(), OptionalInt.of(9));
  }

  private static Fact exit(int task, OptionalInt code, OptionalInt signal) {
    return new Fact.Exited(actor(task), task(1), code, signal, false, false, 1, 2, 3);
  }

  static Fact execFailed(int task) {
    return new Fact.ExecFailed(actor(task), ByteText.of("/bin/none"), 2);
  }

  static Fact moduleUnloaded(int task) {
    return new Fact.ModuleUnloaded(actor(task), ByteText.of("loop"));
  }

  private static Actor actor(int task) {
    return new Actor(task(task), 5, ByteText.of("sh"), new Credentials(0, 0, 0, 0, 0, 0));
  }

  private static TaskKey task(int number) {
    return new TaskKey(number, 1000L * number);
  }

  /// Numbers from 1 on, at a time far after that of any event.
  static final class Numbers implements Numbering {

    long last;

    @Override
    public TaskEvent own(Fact fact) {
      TaskEvent event = event(Header.AGENT_CPU, ++last, fact);
      Header header = event.header();
      return new TaskEvent(
          new Header(
              header.host(),
              header.hostName(),
              header.boot(),
              header.capture(),
              header.cpu(),
              header.sequence(),
              1_000_000_000,
              7),
          fact);
    }

    @Override
    public boolean isOfCapture(Header header) {
      return header.capture().equals(CAPTURE);
    }
  }
}
