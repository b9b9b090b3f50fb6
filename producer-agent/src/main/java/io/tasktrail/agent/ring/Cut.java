package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a retired capture ends and the next one begins.
///
/// Both sets of programs were attached at that moment, and each looked at the clock: on each cpu
/// the older one first. So no event is in neither ring; one that happened right then is in both,
/// as the first of its cpu in the newer ring, which then counts. Numbers of the older capture from
/// there on are never said, and nobody misses them.
///
/// @param nanos boot time
/// @param firsts by cpu: what its first event in the newer ring says
record Cut(long nanos, Map<Integer, Happening> firsts) {

  Cut {
    firsts = Map.copyOf(firsts);
  }

  /// What tells an event from all others, whoever numbered it.
  ///
  /// @param task the one that was forked, executed or ended, or that handled a module
  /// @param execCount of the task
  /// @param name of the module
  record Happening(Class<? extends Fact> kind, TaskKey task, long execCount, String name) {

    /// Empty for what is not an event of a cpu.
    static Optional<Happening> of(Fact fact) {
      return switch (fact) {
        case Fact.Forked it -> happening(it, it.child(), "");
        case Fact.Executed it -> happening(it, it.actor().task(), "");
        case Fact.Exited it -> happening(it, it.actor().task(), "");
        case Fact.ModuleLoaded it -> happening(it, it.actor().task(), it.name().toString());
        case Fact.ModuleLoadFailed it -> happening(it, it.actor().task(), it.name().toString());
        case Fact.ModuleRequested it -> happening(it, it.actor().task(), it.name().toString());
        case Fact.ModuleUnloaded it -> happening(it, it.actor().task(), it.name().toString());
        default -> Optional.empty();
      };
    }

    private static Optional<Happening> happening(Fact.OfTask fact, TaskKey task, String name) {
      return Optional.of(new Happening(fact.getClass(), task, fact.actor().execCount(), name));
    }
  }

  /// Reads how the newer capture begins.
  ///
  /// @param cursor over its ring, from its first record on; for this alone
  /// @param end how far that ring is written
  /// @param untilNanos boot time: a first event that is later is not one of that moment
  static Cut at(long nanos, RingCursor cursor, long end, long untilNanos) {
    Map<Integer, Happening> firsts = new HashMap<>();
    boolean early = true;
    while (early && cursor.hasNext(end)) {
      Optional<KernelEvent> event = cursor.next();
      early = event.isEmpty() || event.get().bootNanos() < untilNanos;
      event
          .filter(first -> first.cpu() >= 0 && first.sequence() == 1)
          .ifPresent(
              first -> Happening.of(first.fact()).ifPresent(what -> firsts.put(first.cpu(), what)));
    }
    return new Cut(nanos, firsts);
  }

  /// Whether the event is the next capture's to say.
  boolean isBehind(KernelEvent event) {
    return event.bootNanos() >= nanos
        || (firsts.containsKey(event.cpu())
            && Happening.of(event.fact()).filter(firsts.get(event.cpu())::equals).isPresent());
  }
}
