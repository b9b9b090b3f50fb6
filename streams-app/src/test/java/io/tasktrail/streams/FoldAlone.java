package io.tasktrail.streams;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.history.Boots;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.history.InMemoryHostState;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the fold says without Kafka around it: the yardstick of the topology.
public final class FoldAlone {

  private final Fleet fleet;
  private final Set<HostId> hosts = new LinkedHashSet<>();

  /// As it is preset.
  public FoldAlone() {
    this(FoldLimits.DEFAULT);
  }

  FoldAlone(FoldLimits limits) {
    fleet = new Fleet(new Fold(limits));
  }

  /// What to write for the next event.
  public List<AuditEvent> apply(TaskEvent event) {
    hosts.add(event.header().host());
    return fleet.apply(event);
  }

  /// Each task that is remembered, by its id.
  public Map<String, TaskHistory> tasks() {
    Map<String, TaskHistory> tasks = new HashMap<>();
    for (HostId host : hosts) {
      InMemoryHostState state = fleet.state(host).orElseThrow();
      for (Boots.Boot boot : state.boots().known()) {
        state.boot(boot.id()).tasks().forEach(task -> tasks.put(task.id().uuid().toString(), task));
      }
    }
    return tasks;
  }
}
