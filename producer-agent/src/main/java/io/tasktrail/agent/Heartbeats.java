package io.tasktrail.agent;

import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.agent.ring.Troubles;
import io.tasktrail.event.AgentReport;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.Watermark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// When to say that the agent lives, and how far it has come: as soon as it does, and from then on
/// each interval.
final class Heartbeats {

  private final Capture capture;
  private final LongSupplier refused;
  private final Supplier<Canary.Report> canary;
  private final AgentReport report;
  private final long intervalNanos;
  private long last;

  /// @param refused events so far that could not be published
  /// @param canary what became of the canaries
  /// @param report what this agent is and can
  Heartbeats(
      Capture capture,
      LongSupplier refused,
      Supplier<Canary.Report> canary,
      AgentReport report,
      Duration interval) {
    this.capture = capture;
    this.refused = refused;
    this.canary = canary;
    this.report = report;
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
    return Optional.of(now());
  }

  /// One, whether it is time or not.
  Fact now() {
    return heartbeat(capture.settled(), shortfalls(capture.troubles()));
  }

  private Fact heartbeat(List<Progress> settled, Fact.Shortfalls shortfalls) {
    long lost = settled.stream().mapToLong(Progress::lost).sum();
    long all = settled.stream().mapToLong(Progress::delivered).sum();
    return new Fact.Heartbeat(
        watermarks(settled),
        all - lost,
        lost,
        shortfalls,
        new Fact.Canary(canary.get().newest(), canary.get().isMissing()),
        0,
        Optional.of(report));
  }

  /// Of those of which anything was settled.
  static List<Watermark> watermarks(List<Progress> settled) {
    return settled.stream()
        .filter(each -> each.delivered() > 0)
        .map(each -> new Watermark(each.cpu(), each.delivered()))
        .toList();
  }

  private Fact.Shortfalls shortfalls(Troubles troubles) {
    return new Fact.Shortfalls(
        troubles.ringFull(),
        troubles.missed().stream()
            .mapToLong(missed -> missed.stream().mapToLong(Fact.LostOfKind::count).sum())
            .findFirst(),
        troubles.argumentFaults(),
        troubles.malformed(),
        refused.getAsLong());
  }
}
