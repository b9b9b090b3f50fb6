package io.tasktrail.agent;

import io.tasktrail.agent.ring.Capture;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LostOfKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out that the kernel passed programs over: what they would have told has no number, and
/// leaves no gap.
///
/// An agent tells all of them since the capture was armed when it looks for the first time: it does
/// not know what agents before it told.
final class Misses {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final Capture capture;
  private final Map<String, Long> told = new HashMap<>();
  private long toldNanos;
  private long lookedNanos;

  Misses(Capture capture) {
    this.capture = capture;
    this.toldNanos = capture.meta().armedNanos();
    this.lookedNanos = capture.bootNanos() - INTERVAL_NANOS;
  }

  /// What was missed since the last time; looks once a second.
  Optional<Fact.EventsLost> due() {
    long now = capture.bootNanos();
    if (now - lookedNanos < INTERVAL_NANOS) {
      return Optional.empty();
    }
    lookedNanos = now;
    List<LostOfKind> more = more(capture.missed().orElse(List.of()));
    long from = toldNanos;
    toldNanos = now;
    return more.isEmpty()
        ? Optional.empty()
        : Optional.of(Fact.EventsLost.unnumbered(more, from, now));
  }

  private List<LostOfKind> more(List<LostOfKind> all) {
    List<LostOfKind> more =
        all.stream()
            .map(each -> new LostOfKind(each.kind(), each.count() - told(each)))
            .filter(each -> each.count() > 0)
            .toList();
    all.forEach(each -> told.put(each.kind(), each.count()));
    return more;
  }

  private long told(LostOfKind each) {
    return told.getOrDefault(each.kind(), 0L);
  }
}
