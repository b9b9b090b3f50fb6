package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Everything that polls handed out, and what of it concerns one process and its descendants.
final class Recording implements CaptureHandler {

  private static final int BATCH = 1000;

  final List<KernelEvent> events = new ArrayList<>();
  final List<Fact.EventsLost> losses = new ArrayList<>();

  @Override
  public void event(KernelEvent event) {
    events.add(event);
  }

  @Override
  public void lost(Fact.EventsLost loss) {
    losses.add(loss);
  }

  /// Polls until nothing more comes; looks for losses at the end, too.
  Recording drain(CaptureRing ring) {
    do {
      ring.recount();
      ring.poll(this, BATCH);
    } while (ring.readPosition() < ring.producerPosition());
    return this;
  }

  /// The facts of the task that was forked with this pid, and of all that descend from it.
  Family family(long pid) {
    Set<TaskKey> members = new LinkedHashSet<>();
    List<Fact.OfTask> facts = new ArrayList<>();
    for (KernelEvent event : events) {
      if (event.fact() instanceof Fact.OfTask fact && belongs(fact, pid, members)) {
        facts.add(fact);
      }
    }
    return new Family(facts);
  }

  private static boolean belongs(Fact.OfTask fact, long pid, Set<TaskKey> members) {
    if (fact instanceof Fact.Forked fork
        && (members.contains(fork.actor().task())
            || (members.isEmpty() && fork.child().pid() == pid))) {
      return members.add(fork.child());
    }
    return members.contains(fact.actor().task());
  }

  /// The facts of some related tasks, in the order of the ring.
  record Family(List<Fact.OfTask> facts) {

    <F extends Fact.OfTask> List<F> all(Class<F> kind) {
      return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Fact.Forked> forks() {
      return all(Fact.Forked.class);
    }

    List<Fact.Executed> execs() {
      return all(Fact.Executed.class);
    }

    List<Fact.Exited> exits() {
      return all(Fact.Exited.class);
    }

    /// The last exec of all.
    Fact.Executed lastExec() {
      return execs().getLast();
    }
  }
}
