package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done at the spool's bound: what is worth least is given up, and published as lost (see
/// [Thinning]); once nothing more can be, the ring keeps what comes.
final class Shedding {

  private static final Logger LOG = LoggerFactory.getLogger(Shedding.class);

  private final Spool spool;
  private final SpoolPlan plan;
  private final DiskTrouble disk;
  private final SpoolTally tally;
  private final Numbering numbering;
  private final LongSupplier nanoTime;
  private final Consumer<TaskEvent> say;
  private final Map<String, Long> shed = new TreeMap<>();
  private boolean saidFull;
  private long roomWasThere;

  /// @param say publishes what is not of the ring
  Shedding(
      Spool spool,
      SpoolPlan plan,
      DiskTrouble disk,
      SpoolTally tally,
      Numbering numbering,
      LongSupplier nanoTime,
      Consumer<TaskEvent> say) {
    this.spool = spool;
    this.plan = plan;
    this.disk = disk;
    this.tally = tally;
    this.numbering = numbering;
    this.nanoTime = nanoTime;
    this.say = say;
  }

  /// What was given up, by kind.
  Map<String, Long> shed() {
    return shed;
  }

  /// Gives up something if it has to be.
  ///
  /// @param isDraining whether room is made by sending, if Kafka is not too slow
  void doWork(boolean isDraining) {
    if (!spool.isFull()) {
      roomWasThere = nanoTime.getAsLong();
      saidFull = false;
    } else if (!isDraining || isLongFull()) {
      thin();
    }
  }

  private boolean isLongFull() {
    return nanoTime.getAsLong() - roomWasThere >= plan.after().toNanos();
  }

  /// Of one segment a turn.
  private void thin() {
    Taken taken = new Taken(numbering);
    try {
      Optional<List<Fact.EventsLost>> thinned = spool.thinOne(taken);
      thinned.ifPresentOrElse(this::thinned, this::nothingToThin);
    } catch (IOException cause) {
      disk.later(cause);
      taken.asLost().ifPresent(this::unwritten);
    }
  }

  private void unwritten(Fact.EventsLost losses) {
    tally.unwritten += losses.count();
    say.accept(numbering.own(losses));
  }

  private void thinned(List<Fact.EventsLost> losses) {
    if (shed.isEmpty() && !losses.isEmpty()) {
      LOG.warn(
          "spool.bytes.max={} is reached: tasks that executed nothing are given up, and published"
              + " as lost",
          plan.bytesMax());
    }
    losses.forEach(this::count);
  }

  private void nothingToThin() {
    if (!saidFull) {
      saidFull = true;
      LOG.warn("the spool is full, nothing more is given up: the ring keeps what comes");
    }
  }

  private void count(Fact.EventsLost loss) {
    loss.kinds().forEach(kind -> shed.merge(kind.kind(), kind.count(), Long::sum));
  }
}
