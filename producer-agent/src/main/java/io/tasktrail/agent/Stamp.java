package io.tasktrail.agent;

import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;

/// Puts headers on events: the kernel's, which are numbered already, and the agent's own.
final class Stamp implements Numbering {

  private final Identity identity;
  private final Capture capture;
  private final CaptureId captureId;
  private long wallOffsetNanos;

  Stamp(Identity identity, Capture capture) {
    this.identity = identity;
    this.capture = capture;
    this.captureId = capture.meta().capture();
    readClocks();
  }

  /// Once a turn: the wall clock may be set at any time.
  void readClocks() {
    wallOffsetNanos = capture.wallOffsetNanos();
  }

  /// What the kernel said.
  TaskEvent kernels(KernelEvent event) {
    return event(event.cpu(), event.sequence(), event.bootNanos(), event.fact());
  }

  /// What the agent says, numbered by the pseudo-cpu -1. A number is taken before the event is
  /// published, and never for two.
  @Override
  public TaskEvent own(Fact fact) {
    return event(Header.AGENT_CPU, capture.nextAgentSequence(), capture.bootNanos(), fact);
  }

  @Override
  public boolean isOfCapture(Header header) {
    return header.capture().equals(captureId) && header.boot().equals(identity.boot());
  }

  private TaskEvent event(int cpu, long sequence, long bootNanos, Fact fact) {
    return new TaskEvent(
        new Header(
            identity.host(),
            identity.hostName(),
            identity.boot(),
            captureId,
            cpu,
            sequence,
            bootNanos,
            wallOffsetNanos),
        fact);
  }
}
