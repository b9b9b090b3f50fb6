package io.tasktrail.agent;

import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.Watermark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When to say that the agent lives, and how far it has come.
final class Heartbeats {

  private final Capture capture;
  private final long intervalNanos;
  private long last;

  Heartbeats(Capture capture, Duration interval) {
    this.capture = capture;
    this.intervalNanos = interval.toNanos();
    this.last = capture.bootNanos();
  }

  /// One, if it is time.
  Optional<Fact> due() {
    long now = capture.bootNanos();
    if (now - last < intervalNanos) {
      return Optional.empty();
    }
    last = now;
    return Optional.of(heartbeat(capture.settled()));
  }

  private static Fact heartbeat(List<Progress> settled) {
    long lost = settled.stream().mapToLong(Progress::lost).sum();
    long all = settled.stream().mapToLong(Progress::delivered).sum();
    List<Watermark> watermarks =
        settled.stream()
            .filter(each -> each.delivered() > 0)
            .map(each -> new Watermark(each.cpu(), each.delivered()))
            .toList();
    return new Fact.Heartbeat(watermarks, all - lost, lost);
  }
}
