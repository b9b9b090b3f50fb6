package io.tasktrail.streams.fleet;

import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.Lineage;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Tells of each lineage which host was the first to execute it: the one whose row is the first to
/// arrive. Hosts' clocks differ, and are not compared.
///
/// What was forgotten for want of room is told again when it is new on another host, and that it
/// may be told again is said. A host that executes it since long brings it back in silence.
final class FirstInFleet implements Processor<byte[], byte[], byte[], FirstSeen> {

  private final Serde<Lineage> rows;
  private final int lineagesMax;
  private final FleetCounters counters;
  private ProcessorContext<byte[], FirstSeen> context;
  private KnownLineages known;

  FirstInFleet(Serde<Lineage> rows, int lineagesMax, FleetCounters counters) {
    this.rows = rows;
    this.lineagesMax = lineagesMax;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<byte[], FirstSeen> initial) {
    context = initial;
    known = new KnownLineages(initial.getStateStore(FleetTopology.FLEET), lineagesMax);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Optional<Lineage> row = LineageRow.read(record.key(), record.value(), rows.deserializer());
    counters.count(
        row.map(lineage -> take(lineage, record.timestamp())).orElse(RowOutcome.UNREADABLE));
  }

  private RowOutcome take(Lineage lineage, long timestamp) {
    if (known.contains(lineage.fingerprint())) {
      return RowOutcome.KNOWN;
    }
    long forgotten = known.forgotten();
    known.add(lineage.fingerprint());
    counters.forgotten(known.forgotten() - forgotten);
    if (!lineage.isFirst() && forgotten > 0) {
      return RowOutcome.RELEARNED;
    }
    context.forward(
        new Record<>(LineageRow.key(lineage), FirstSeen.of(lineage, forgotten), timestamp));
    return RowOutcome.TOLD;
  }

  @Override
  public void close() {
    rows.close();
  }
}
