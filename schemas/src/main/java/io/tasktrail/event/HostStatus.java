package io.tasktrail.event;

import java.util.Optional;

/// What the agent of a host last said of itself: one row of the table of hosts.
///
/// @param hostName the host's name by then
/// @param boot the boot by then
/// @param capture the capture by then
/// @param state whether it went on
/// @param heardNanos when it said so: nanoseconds since 1970 by the host's clock
/// @param acknowledged events acknowledged since the capture was armed
/// @param lost events lost since then
/// @param filtered events that this agent published quietly
/// @param canary what became of the program that it runs to see whether it is captured
/// @param report what it is and can; empty where it never said
public record HostStatus(
    HostId host,
    String hostName,
    BootId boot,
    CaptureId capture,
    State state,
    long heardNanos,
    long acknowledged,
    long lost,
    long filtered,
    Fact.Canary canary,
    Optional<AgentReport> report) {

  /// Whether an agent went on.
  public enum State {
    /// Not said, or something that only a newer version knows.
    UNKNOWN,
    /// It beat.
    RUNNING,
    /// It ended in good order.
    STOPPED
  }

  /// What a heartbeat says.
  public static HostStatus of(Header header, Fact.Heartbeat beat) {
    return new HostStatus(
        header.host(),
        header.hostName(),
        header.boot(),
        header.capture(),
        State.RUNNING,
        header.bootNanos() + header.wallOffsetNanos(),
        beat.acknowledged(),
        beat.lost(),
        beat.filtered(),
        beat.canary(),
        beat.report());
  }

  /// The same host, whose agent ends in good order.
  public HostStatus stopped(Header header) {
    return new HostStatus(
        host,
        header.hostName(),
        header.boot(),
        header.capture(),
        State.STOPPED,
        header.bootNanos() + header.wallOffsetNanos(),
        acknowledged,
        lost,
        filtered,
        canary,
        report);
  }
}
