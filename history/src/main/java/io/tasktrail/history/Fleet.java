package io.tasktrail.history;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many hosts and boots, each with its own state on the heap: for replay, where the input bounds
/// them. Not safe for use by several threads.
public final class Fleet {

  private record HostBoot(HostId host, BootId boot) {}

  private final Fold fold;
  private final Map<HostBoot, InMemoryHostState> states = new HashMap<>();

  /// An empty fleet.
  public Fleet(Fold fold) {
    this.fold = fold;
  }

  /// What to emit for an event, by the state of its host and boot.
  public List<AuditEvent> apply(TaskEvent event) {
    Header header = event.header();
    InMemoryHostState state =
        states.computeIfAbsent(
            new HostBoot(header.host(), header.boot()), _ -> new InMemoryHostState());
    return fold.apply(state, event);
  }

  /// What is remembered of a boot of a host; empty when nothing came of it.
  public Optional<InMemoryHostState> state(HostId host, BootId boot) {
    return Optional.ofNullable(states.get(new HostBoot(host, boot)));
  }
}
