package io.tasktrail.streams.hosts;

import io.tasktrail.event.HostStatus;
import java.time.Duration;
import java.time.Instant;

/// A row of the table of hosts.
///
/// @param status what the agent said
/// @param arrived when that came to the broker, by the broker's clock
public record KnownHost(HostStatus status, Instant arrived) {

  /// What is to be thought of a host.
  public enum State {
    /// It speaks.
    RUNNING,
    /// It speaks, and says that a program that it started was not captured.
    BLIND,
    /// It was running when it was heard last, and that is too long ago.
    SILENT,
    /// It ended in good order.
    STOPPED
  }

  /// How it is.
  ///
  /// @param silentAfter how long a running agent may say nothing
  public State state(Instant now, Duration silentAfter) {
    if (status.state() == HostStatus.State.STOPPED) {
      return State.STOPPED;
    }
    if (since(now).compareTo(silentAfter) > 0) {
      return State.SILENT;
    }
    return status.canary().isMissing() ? State.BLIND : State.RUNNING;
  }

  /// How long ago it was heard.
  public Duration since(Instant now) {
    return Duration.between(arrived, now);
  }

  /// How old what it said was when it arrived: of a spool that is being sent, or of a host whose
  /// clock is slow; negative where it is fast.
  public Duration behind() {
    return Duration.between(Instant.EPOCH.plusNanos(status.heardNanos()), arrived);
  }
}
