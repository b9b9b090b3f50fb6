package io.tasktrail.formats.facts;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tasks from which one descends, the nearest first: its parent, then those of its lineage that
/// executed something. One that never did is not among them, nor is one that a bound left out.
public final class Ancestors {

  private Ancestors() {}

  /// An ancestor.
  ///
  /// @param image its last in the lineage; empty of a parent that executed nothing of it
  public record Ancestor(TaskKey task, Optional<Link> image) {}

  /// At most so many.
  public static List<Ancestor> of(AuditedTask task, int most) {
    Map<TaskKey, Optional<Link>> found = new LinkedHashMap<>();
    parent(task).ifPresent(key -> found.put(key, Optional.empty()));
    for (Link link : task.history().links().reversed()) {
      if (!link.task().equals(task.id().task()) && link.source() != LinkSource.ROOT) {
        if (found.getOrDefault(link.task(), Optional.empty()).isEmpty()) {
          found.put(link.task(), Optional.of(link));
        }
      }
    }
    List<Ancestor> ancestors = new ArrayList<>();
    found.forEach((key, image) -> ancestors.add(new Ancestor(key, image)));
    return ancestors.subList(0, Math.min(most, ancestors.size()));
  }

  /// The parent that it was born to; empty where it is not known.
  public static Optional<TaskKey> parent(AuditedTask task) {
    AuditedTask.Parent parent = task.parent();
    boolean isKnown = !parent.task().equals(TaskKey.ROOT) || !parent.comm().isEmpty();
    return isKnown ? Optional.of(parent.task()) : Optional.empty();
  }

  /// The last image of a task of this lineage.
  public static Optional<Link> imageOf(TaskKey task, History history) {
    return history.links().reversed().stream().filter(link -> link.task().equals(task)).findFirst();
  }
}
