package io.tasktrail.agent.filter;

import io.tasktrail.event.Action;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Marks events as quiet, in the order in which they were captured.
///
/// Never quiet: what gains privilege (set-user-id, file capabilities) or executes a file without a
/// name; an end with a core dump or for want of memory; kernel modules; losses; what the agent says
/// of itself. Everything but [#tally] belongs to the thread that reads the ring.
public final class Filter {

  private final FilterRules rules;
  private final Supplier<Additions> additions;
  private final TaskTable tasks;
  private final Map<String, Long> filtered = new TreeMap<>();
  private Additions seen = Additions.NONE;

  /// What a filter did.
  ///
  /// @param filtered events that it made quiet, by kind
  /// @param tasks of which it remembers what the rules said
  /// @param leftOut tasks that it did not remember, because there were too many
  public record Tally(Map<String, Long> filtered, int tasks, long leftOut) {

    /// Of an agent without a filter.
    public static final Tally NONE = new Tally(Map.of(), 0, 0);

    /// Events that it made quiet.
    public long events() {
      return filtered.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// @param additions what is told whatever the rules say: asked at each event, and must not wait
  public Filter(FilterRules rules, Supplier<Additions> additions) {
    this(rules, additions, new TaskTable());
  }

  Filter(FilterRules rules, Supplier<Additions> additions, TaskTable tasks) {
    this.rules = rules;
    this.additions = additions;
    this.tasks = tasks;
  }

  /// Whether there is anything that it may leave out.
  public boolean isActive() {
    return !rules.leaveOutNothing();
  }

  /// The event as it is to be published.
  public TaskEvent filtered(TaskEvent event) {
    if (!isActive()) {
      return event;
    }
    adopt(additions.get());
    boolean quiet = isQuiet(event.fact());
    if (quiet) {
      filtered.merge(Action.of(event.fact()), 1L, Long::sum);
    }
    return quiet ? new TaskEvent(event.header().quieted(), slim(event.fact())) : event;
  }

  /// What it did so far.
  public Tally tally() {
    return new Tally(Map.copyOf(filtered), tasks.size(), tasks.leftOut());
  }

  private void adopt(Additions now) {
    if (!now.equals(seen)) {
      seen = now;
      tasks.added(now.processes());
    }
  }

  private boolean isQuiet(Fact fact) {
    return switch (fact) {
      case Fact.Forked forked -> {
        TaskKey creator = forked.actor().task();
        tasks.born(forked.child(), creator);
        yield isQuiet(creator);
      }
      case Fact.Executed executed -> isQuiet(executed);
      case Fact.TaskSeen task -> isQuiet(task);
      case Fact.Exited exited -> {
        boolean quiet = isQuiet(exited.actor().task());
        tasks.ended(exited.actor().task());
        yield quiet && !exited.coreDumped() && !exited.oomKilled();
      }
      case Fact.ExecFailed failed -> isQuiet(failed.actor().task());
      case Fact.Signalled signalled -> isQuiet(signalled.actor().task());
      case Fact.SnapshotStarted _ -> {
        tasks.snapshotStarted();
        yield false;
      }
      case Fact.SnapshotFinished _ -> {
        tasks.snapshotFinished();
        yield false;
      }
      default -> false;
    };
  }

  private boolean isQuiet(Fact.Executed executed) {
    TaskKey task = executed.actor().task();
    Cgroup cgroup = executed.place().cgroup();
    Circumstances circumstances =
        new Circumstances(
            executed.image().executable(),
            executed.actor().credentials(),
            Optional.of(!executed.place().tty().isEmpty()),
            cgroup);
    tasks.judged(task, executed.parent(), rules.quiet(circumstances), cgroup);
    // A table that is full has no answer: this event is judged all the same.
    boolean quiet = tasks.get(task) == null ? isLeftOut(circumstances, cgroup) : isQuiet(task);
    return quiet && !executed.image().secure() && !executed.image().unlinked();
  }

  private boolean isLeftOut(Circumstances circumstances, Cgroup cgroup) {
    return seen.processes().isEmpty() && rules.quiet(circumstances) && !isAdded(cgroup);
  }

  private boolean isQuiet(Fact.TaskSeen found) {
    Circumstances circumstances =
        new Circumstances(
            found.executable(), found.actor().credentials(), Optional.empty(), found.cgroup());
    tasks.judged(found.actor().task(), found.parent(), rules.quiet(circumstances), found.cgroup());
    return isQuiet(found.actor().task());
  }

  private boolean isQuiet(TaskKey task) {
    KnownTask known = tasks.get(task);
    return known != null
        && known.isQuiet()
        && known.addedWith() == null
        && !isAdded(known.cgroup());
  }

  /// What is not known is told.
  private boolean isAdded(Cgroup cgroup) {
    return !seen.containers().isEmpty()
        && (!cgroup.isKnown() || seen.hasContainer(cgroup.containerId()));
  }

  /// What histories need.
  private static Fact slim(Fact fact) {
    return fact instanceof Fact.Executed exec
        ? new Fact.Executed(
            exec.actor(),
            exec.parent(),
            exec.oldPid(),
            exec.image(),
            slim(exec.arguments()),
            slim(exec.place()),
            exec.names())
        : fact;
  }

  /// What was not told is cut off.
  private static Arguments slim(Arguments arguments) {
    return new Arguments(
        List.of(),
        arguments.count(),
        arguments.bytes(),
        arguments.count() > 0,
        List.of(),
        arguments.bestEffort());
  }

  private static Place slim(Place place) {
    return new Place(
        ByteText.EMPTY,
        place.tty(),
        place.namespaces(),
        place.cgroupId(),
        place.cgroup(),
        place.ownPid());
  }
}
