package io.tasktrail.history;

import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostStatus;

/// What the agent of a host says of itself: who is silent is told from who stopped by what was said
/// last.
final class Standing {

  private Standing() {}

  /// Takes down what an event says of the agent. What still comes of an earlier boot is history.
  static void note(HostState host, Header header, Fact.OfCapture fact) {
    if (!host.boots().isNewest(header.boot())) {
      return;
    }
    switch (fact) {
      case Fact.Heartbeat beat -> host.put(HostStatus.of(header, beat));
      case Fact.AgentStopping _ ->
          host.status().ifPresent(status -> host.put(status.stopped(header)));
      default -> {
        // says nothing of the agent
      }
    }
  }
}
