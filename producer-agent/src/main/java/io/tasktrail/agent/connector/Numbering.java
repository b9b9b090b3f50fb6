package io.tasktrail.agent.connector;

import io.tasktrail.event.Fact;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The kernel numbers, per cpu, all that it tells, of which only a part becomes events. So events
/// have numbers of their own, given here, in the same order: a hole in the kernel's is a hole of
/// the same size in these.
final class Numbering {

  private final TreeMap<Integer, Cpu> cpus = new TreeMap<>();

  private static final class Cpu {

    private int next;
    private long last;
    private long lost;
    private long nanos;
  }

  /// Something arrived.
  ///
  /// @return what is missing before it: at most so many events. Nobody knows what is missing before
  ///     the first of a cpu: so each is sounded before anything else
  Optional<Fact.EventsLost> arrived(ListenRecord record) {
    Cpu known = cpus.get(record.cpu());
    Cpu cpu = cpus.computeIfAbsent(record.cpu(), _ -> new Cpu());
    int missing = known == null ? 0 : record.number() - cpu.next;
    cpu.next = record.number() + 1;
    long before = cpu.nanos;
    cpu.nanos = record.bootNanos();
    if (missing <= 0) {
      return Optional.empty();
    }
    long first = cpu.last + 1;
    cpu.last += missing;
    cpu.lost += missing;
    return Optional.of(
        new Fact.EventsLost(
            record.cpu(),
            first,
            cpu.last,
            List.of(),
            Fact.LossCause.SOCKET_FULL,
            before,
            record.bootNanos()));
  }

  /// The number of an event that a cpu told.
  long next(int cpu) {
    return ++cpus.get(cpu).last;
  }

  /// Of all cpus that were heard of.
  Stream<ConnectorSource.Reached> reached() {
    return cpus.entrySet().stream()
        .map(
            each ->
                new ConnectorSource.Reached(
                    each.getKey(), each.getValue().last, each.getValue().lost));
  }
}
