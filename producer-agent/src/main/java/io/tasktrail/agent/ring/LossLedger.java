package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.Counter.LostByKind;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LossCause;
import io.tasktrail.event.Fact.LostOfKind;
import io.tasktrail.event.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Knows, per cpu, which sequence numbers arrived and which never will. Pure.
///
/// A jump in the sequence is a loss at once. A loss at the end shows no jump: it is known once the
/// kernel's own count of losses, read *before* the ring was drained to the end, exceeds what the
/// jumps explain. With both, `last - first + 1 = delivered + lost` holds for every cpu.
final class LossLedger {

  private final List<Account> accounts;

  /// @param settled per cpu, from where to go on
  LossLedger(List<Progress> settled) {
    accounts = new ArrayList<>(settled.size());
    for (int entry = 0; entry < settled.size(); entry++) {
      accounts.add(new Account(entry - Counter.CPU_OFFSET, settled.get(entry)));
    }
  }

  /// The kernel's counts, read before a drain begins.
  void counted(List<Counter> counters) {
    for (int entry = 0; entry < counters.size(); entry++) {
      accounts.get(entry).counted(counters.get(entry).lost());
    }
  }

  /// Whether the ledger has the cpu at all.
  boolean knows(int cpu) {
    return cpu >= -Counter.CPU_OFFSET && cpu < accounts.size() - Counter.CPU_OFFSET;
  }

  /// Whether this sequence was neither delivered nor declared lost before.
  boolean isNew(int cpu, long sequence) {
    return sequence > account(cpu).last;
  }

  /// A new sequence arrived: what was lost right before it.
  Optional<Fact.EventsLost> arrived(int cpu, long sequence, long bootNanos) {
    return account(cpu).arrived(sequence, bootNanos);
  }

  /// The ring was drained up to a position read after the counts: what was lost at the end.
  List<Fact.EventsLost> settle(long nowNanos) {
    return accounts.stream().flatMap(account -> account.settle(nowNanos).stream()).toList();
  }

  /// What agents before this one took of the agent's own numbers, up to here, and did not see
  /// settled: whether those events were published is not known.
  Optional<Fact.EventsLost> abandoned(long agentSequence, long nowNanos) {
    return account(Header.AGENT_CPU).abandoned(agentSequence, nowNanos);
  }

  /// How far each cpu is settled.
  ///
  /// @param agentSequence the last number of the agent's own
  List<Progress> progress(long agentSequence) {
    account(Header.AGENT_CPU).last = agentSequence;
    return accounts.stream().map(Account::progress).toList();
  }

  private Account account(int cpu) {
    return accounts.get(cpu + Counter.CPU_OFFSET);
  }

  private static final class Account {

    private final int cpu;
    private long last;
    private long lost;
    private long lastNanos;
    private LostByKind counted = LostByKind.NONE;

    /// The counts that the losses declared so far add up to; empty when they cannot be told apart.
    private Optional<LostByKind> declared;

    Account(int cpu, Progress settled) {
      this.cpu = cpu;
      last = settled.delivered();
      lost = settled.lost();
      declared = lost == 0 ? Optional.of(LostByKind.NONE) : Optional.empty();
    }

    void counted(LostByKind counts) {
      counted = counts;
      synchronizeKinds();
    }

    Optional<Fact.EventsLost> arrived(long sequence, long bootNanos) {
      long missing = sequence - last - 1;
      Optional<Fact.EventsLost> loss =
          missing > 0 ? Optional.of(declare(missing, bootNanos)) : Optional.empty();
      last = sequence;
      lastNanos = bootNanos;
      return loss;
    }

    Optional<Fact.EventsLost> settle(long nowNanos) {
      long missing = counted.total() - lost;
      return missing > 0 ? Optional.of(declare(missing, nowNanos)) : Optional.empty();
    }

    Optional<Fact.EventsLost> abandoned(long sequence, long nowNanos) {
      long missing = sequence - last;
      if (missing == 0) {
        return Optional.empty();
      }
      Fact.EventsLost loss =
          new Fact.EventsLost(
              cpu, last + 1, sequence, List.of(), LossCause.AGENT_KILLED, lastNanos, nowNanos);
      last = sequence;
      lost += missing;
      return Optional.of(loss);
    }

    private Fact.EventsLost declare(long missing, long toNanos) {
      List<LostOfKind> kinds = kindsOf(missing);
      Fact.EventsLost loss =
          new Fact.EventsLost(
              cpu, last + 1, last + missing, kinds, LossCause.RING_FULL, lastNanos, toNanos);
      last += missing;
      lost += missing;
      declared = Optional.empty();
      synchronizeKinds();
      return loss;
    }

    /// Known when all that the kernel counted since the last declared loss is this one.
    private List<LostOfKind> kindsOf(long missing) {
      return declared
          .map(counted::minus)
          .filter(difference -> difference.total() == missing)
          .map(LostByKind::listed)
          .orElse(List.of());
    }

    private void synchronizeKinds() {
      if (counted.total() == lost) {
        declared = Optional.of(counted);
      }
    }

    Progress progress() {
      return new Progress(cpu, last, lost);
    }
  }
}
