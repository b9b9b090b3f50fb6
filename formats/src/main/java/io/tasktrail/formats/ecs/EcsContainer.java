package io.tasktrail.formats.ecs;

import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Fact;
import io.tasktrail.formats.json.JsonLine;
import java.util.Optional;

/// `container.*`: what the task runs in.
final class EcsContainer {

  private EcsContainer() {}

  static void write(JsonLine json, Fact fact) {
    cgroup(fact)
        .filter(cgroup -> !cgroup.containerId().isEmpty())
        .ifPresent(cgroup -> json.object("container", () -> container(json, cgroup)));
  }

  private static Optional<Cgroup> cgroup(Fact fact) {
    return switch (fact) {
      case Fact.Executed executed -> Optional.of(executed.place().cgroup());
      case Fact.TaskSeen seen -> Optional.of(seen.cgroup());
      default -> Optional.empty();
    };
  }

  private static void container(JsonLine json, Cgroup cgroup) {
    json.text("id", cgroup.containerId());
    if (!cgroup.containerRuntime().isEmpty()) {
      json.text("runtime", cgroup.containerRuntime());
    }
  }
}
