package io.tasktrail.sink.splunk;

import io.tasktrail.sink.EventVersion;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// What the collector took since the last sync, and which of it is not acknowledged yet. Pure.
///
/// At most [#EVENTS_MAX] events are known by name; of more than that none is known, and a
/// repetition would send them again.
final class Ledger {

  static final int EVENTS_MAX = 1 << 17;

  /// What is waited for, the oldest first.
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

  private final Set<EventVersion> taken = new HashSet<>();

  /// The id of the request that was taken last.
  private long newest;

  private record Waiting(List<EventVersion> events, long sinceNanos) {}

  /// Whether there is no need to send it.
  boolean holds(EventVersion version) {
    return taken.contains(version);
  }

  /// The collector took them, for good.
  void took(List<EventVersion> events) {
    if (taken.size() + events.size() <= EVENTS_MAX) {
      taken.addAll(events);
    }
  }

  /// Whether an id is none that the collector gave before, or nothing waits that it could be
  /// mistaken for.
  boolean goesOn(long ackId) {
    return waiting.isEmpty() || ackId > newest;
  }

  /// The collector took them, and will acknowledge them under an id that [goes on][#goesOn].
  void took(List<EventVersion> events, long ackId, long nowNanos) {
    took(events);
    waiting.put(ackId, new Waiting(events, nowNanos));
    newest = ackId;
  }

  /// They are indexed.
  void acknowledged(Collection<Long> ackIds) {
    waiting.keySet().removeAll(ackIds);
  }

  /// What is to be asked for, the oldest first.
  List<Long> waiting() {
    return List.copyOf(waiting.keySet());
  }

  /// Since when the oldest of them is waited for.
  OptionalLong waitingSinceNanos() {
    Iterator<Waiting> all = waiting.values().iterator();
    return all.hasNext() ? OptionalLong.of(all.next().sinceNanos()) : OptionalLong.empty();
  }

  /// Nobody will ever acknowledge what is waited for: it must be sent again.
  void giveUp() {
    waiting.values().forEach(each -> taken.removeAll(Set.copyOf(each.events())));
    waiting.clear();
  }

  /// All of it is synced, or of no interest any more.
  void clear() {
    waiting.clear();
    taken.clear();
  }
}
