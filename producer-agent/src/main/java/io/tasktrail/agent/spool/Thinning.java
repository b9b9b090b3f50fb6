package io.tasktrail.agent.spool;

import io.tasktrail.event.Action;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Which events are given up first when the spool is full: the whole lives, from fork to exit, of
/// tasks that executed nothing, created nobody, were not killed, and that no other event names. So
/// no history of anybody else lacks anything.
///
/// What is given up becomes one loss for each run of consecutive numbers of a cpu, told before the
/// next event of that cpu. Pure.
final class Thinning {

  private final Predicate<Header> isOfCapture;
  private final Set<TaskKey> forked = new HashSet<>();
  private final Set<TaskKey> exited = new HashSet<>();
  private final Set<TaskKey> needed = new HashSet<>();

  /// Numbers of one cpu that are given up.
  ///
  /// @param last the header of the last of them
  record Loss(Fact.EventsLost fact, Header last) {}

  /// @param isOfCapture whether a loss of such a number can be told
  Thinning(Predicate<Header> isOfCapture) {
    this.isOfCapture = isOfCapture;
  }

  /// A first look at each event.
  void note(TaskEvent event) {
    if (!isOfCapture.test(event.header())) {
      return;
    }
    switch (event.fact()) {
      case Fact.Forked fork -> {
        forked.add(fork.child());
        needed.add(fork.actor().task());
        needed.add(fork.parent());
      }
      case Fact.Exited exit when exit.signal().isEmpty() -> exited.add(exit.actor().task());
      case Fact.Signalled signalled -> {
        needed.add(signalled.actor().task());
        needed.add(signalled.target());
      }
      case Fact.OfTask other -> needed.add(other.actor().task());
      case Fact.OfCapture _ -> {
        // names no task
      }
    }
  }

  private boolean isGivenUp(TaskEvent event) {
    return isOfCapture.test(event.header())
        && switch (event.fact()) {
          case Fact.Forked fork -> isIdle(fork.child());
          case Fact.Exited exit -> isIdle(exit.actor().task());
          default -> false;
        };
  }

  private boolean isIdle(TaskKey task) {
    return forked.contains(task) && exited.contains(task) && !needed.contains(task);
  }

  /// A second look, in the same order.
  Pass pass(Consumer<TaskEvent> kept, Consumer<Loss> lost) {
    return new Pass(kept, lost);
  }

  /// Takes the events apart into what is kept and what is lost.
  final class Pass {

    private final Consumer<TaskEvent> kept;
    private final Consumer<Loss> lost;
    private final Map<Integer, Run> runs = new LinkedHashMap<>();

    private Pass(Consumer<TaskEvent> kept, Consumer<Loss> lost) {
      this.kept = kept;
      this.lost = lost;
    }

    void event(TaskEvent event) {
      int cpu = event.header().cpu();
      Optional<Run> run = Optional.ofNullable(runs.get(cpu));
      if (isGivenUp(event)) {
        run.filter(open -> open.goesOnWith(event.header()))
            .orElseGet(() -> begin(event.header()))
            .add(event);
      } else {
        end(cpu);
        kept.accept(event);
      }
    }

    private Run begin(Header header) {
      end(header.cpu());
      Run run = new Run(header);
      runs.put(header.cpu(), run);
      return run;
    }

    private void end(int cpu) {
      Optional.ofNullable(runs.remove(cpu)).map(Run::loss).ifPresent(lost);
    }

    /// There are no more events.
    void end() {
      Set.copyOf(runs.keySet()).stream().sorted().forEach(this::end);
    }
  }

  private static final class Run {

    private final Header first;
    private final Map<String, Long> kinds = new TreeMap<>();
    private Header last;

    Run(Header first) {
      this.first = first;
      this.last = first;
    }

    boolean goesOnWith(Header next) {
      return next.sequence() == last.sequence() + 1 && next.capture().equals(last.capture());
    }

    void add(TaskEvent event) {
      last = event.header();
      kinds.merge(Action.of(event.fact()), 1L, Long::sum);
    }

    Loss loss() {
      return new Loss(
          new Fact.EventsLost(
              first.cpu(),
              first.sequence(),
              last.sequence(),
              kinds.entrySet().stream()
                  .map(kind -> new Fact.LostOfKind(kind.getKey(), kind.getValue()))
                  .toList(),
              Fact.LossCause.SPOOL_FULL,
              first.bootNanos(),
              last.bootNanos()),
          last);
    }
  }
}
