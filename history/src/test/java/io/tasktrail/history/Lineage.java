package io.tasktrail.history;

import io.tasktrail.event.BootId;
import io.tasktrail.event.EventId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The plain model of what a history rests on: which events, had they been lost, would leave a hole
/// in it, and which would merely leave less to presume. Keeps everything, bounds nothing.
final class Lineage {

  /// What a history rests on, event by event in the order of their arrival.
  record Foundation(Set<EventId> proofs, Set<EventId> hints) {}

  private record Proof(EventId event, long ordinal) {}

  private final Map<TaskKey, List<Proof>> proofs = new HashMap<>();
  private final Map<TaskKey, Set<EventId>> hints = new HashMap<>();
  private final Map<TaskKey, Set<TaskKey>> parents = new HashMap<>();

  private Lineage() {}

  /// The foundations of the history of each event.
  static Map<EventId, Foundation> of(List<TaskEvent> events) {
    Map<BootId, Lineage> boots = new HashMap<>();
    Map<EventId, Foundation> foundations = new HashMap<>();
    for (TaskEvent event : events) {
      EventId id = event.header().eventId();
      if (event.fact() instanceof Fact.OfTask fact && !foundations.containsKey(id)) {
        Lineage lineage = boots.computeIfAbsent(id.boot(), _ -> new Lineage());
        foundations.put(id, lineage.take(id, fact));
      }
    }
    return foundations;
  }

  private Foundation take(EventId id, Fact.OfTask fact) {
    TaskKey actor = fact.actor().task();
    long execCount = fact.actor().execCount();
    return switch (fact) {
      case Fact.Forked forked -> {
        inherit(forked, id, execCount);
        yield foundation(forked.child(), execCount);
      }
      case Fact.Executed executed -> {
        mayPresume(actor, executed.parent(), id);
        if (execCount > 0) {
          proofs(actor).add(new Proof(id, execCount));
        }
        yield foundation(actor, execCount);
      }
      case Fact.Exited exited -> acted(actor, exited.parent(), id, execCount);
      case Fact.TaskSeen seen -> acted(actor, seen.parent(), id, execCount);
      case Fact.ModuleLoaded _,
          Fact.ModuleUnloaded _,
          Fact.ModuleLoadFailed _,
          Fact.ModuleRequested _,
          Fact.AuditRecord _,
          Fact.ExecFailed _,
          Fact.Signalled _ ->
          acted(actor, actor, id, execCount);
    };
  }

  /// The fork proves every link that is inherited through it.
  private void inherit(Fact.Forked forked, EventId id, long execCount) {
    TaskKey creator = forked.actor().task();
    mayPresume(creator, forked.parent(), id);
    List<Proof> inherited = new ArrayList<>();
    for (Proof proof : proofs(creator)) {
      if (proof.ordinal() <= execCount) {
        inherited.add(proof);
      }
    }
    if (execCount > 0) {
      inherited.add(new Proof(id, 1));
    }
    proofs(forked.child()).addAll(inherited);
    hints(forked.child()).addAll(allHints(creator));
    hints(forked.child()).add(id);
  }

  private Foundation acted(TaskKey actor, TaskKey parent, EventId id, long execCount) {
    mayPresume(actor, parent, id);
    return foundation(actor, execCount);
  }

  /// What an event says of itself and of its parent may be all that is known.
  private void mayPresume(TaskKey actor, TaskKey parent, EventId id) {
    hints(actor).add(id);
    parents.computeIfAbsent(actor, _ -> new HashSet<>()).add(parent);
  }

  private Set<EventId> allHints(TaskKey task) {
    Set<TaskKey> elders = new HashSet<>(Set.of(task));
    while (elders.addAll(elders.stream().flatMap(elder -> parents(elder).stream()).toList())) {}
    Set<EventId> all = new HashSet<>();
    for (TaskKey elder : elders) {
      all.addAll(hints(elder));
      proofs(elder).forEach(proof -> all.add(proof.event()));
    }
    return all;
  }

  private Set<TaskKey> parents(TaskKey task) {
    return parents.getOrDefault(task, Set.of());
  }

  private Foundation foundation(TaskKey task, long execCount) {
    Set<EventId> needed = new HashSet<>();
    for (Proof proof : proofs(task)) {
      if (proof.ordinal() <= execCount) {
        needed.add(proof.event());
      }
    }
    return new Foundation(needed, allHints(task));
  }

  private List<Proof> proofs(TaskKey task) {
    return proofs.computeIfAbsent(task, _ -> new ArrayList<>());
  }

  private Set<EventId> hints(TaskKey task) {
    return hints.computeIfAbsent(task, _ -> new HashSet<>());
  }
}
