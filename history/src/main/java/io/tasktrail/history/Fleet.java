package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many hosts, each with its own state on the heap: for replay, where the input bounds them. Not
/// safe for use by several threads.
public final class Fleet {

  private final Fold fold;
  private final Map<HostId, InMemoryHostState> states = new HashMap<>();

  /// An empty fleet.
  public Fleet(Fold fold) {
    this.fold = fold;
  }

  /// What to emit for an event, by the state of its host.
  public List<AuditEvent> apply(TaskEvent event) {
    return fold.apply(
        states.computeIfAbsent(event.header().host(), _ -> new InMemoryHostState()), event);
  }

  /// What is remembered of a host; empty when nothing came of it.
  public Optional<InMemoryHostState> state(HostId host) {
    return Optional.ofNullable(states.get(host));
  }
}
