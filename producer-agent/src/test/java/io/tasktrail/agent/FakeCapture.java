package io.tasktrail.agent;

import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.CaptureHandler;
import io.tasktrail.agent.ring.Checkpoint;
import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.agent.ring.Meta;
import io.tasktrail.agent.ring.Progress;
import io.tasktrail.agent.ring.Troubles;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A ring in which a test writes. A position is a number of records.
final class FakeCapture implements Capture {

  static final Meta META = metaOf(new CaptureId(new UUID(7, 7)));

  private final List<KernelEvent> records = new ArrayList<>();
  private final List<Fact.EventsLost> trailing = new ArrayList<>();
  private final Meta meta;
  private int read;
  private long agentSequence;
  private long handed;
  private long lostTold;

  Optional<Fact.EventsLost> abandoned = Optional.empty();
  Optional<Fact.EventsLost> lostBeforeNext = Optional.empty();
  List<Progress> settled = List.of();
  Checkpoint released = new Checkpoint(0, List.of());
  long bootNanos = 5_000;
  long wallOffsetNanos = 900_000;
  boolean recounted;
  private long counts;
  int passedOver;
  boolean over;
  Optional<FakeCapture> next = Optional.empty();
  boolean closed;
  Troubles troubles = new Troubles(List.of(), Optional.of(List.of()), 0, 0);
  int snapshots;
  boolean snapshotIsBusy;

  FakeCapture() {
    this(META);
  }

  private FakeCapture(Meta meta) {
    this.meta = meta;
  }

  static FakeCapture of(CaptureId id) {
    return new FakeCapture(metaOf(id));
  }

  private static Meta metaOf(CaptureId id) {
    return new Meta(1, id, 1_000, 4096, 2, 65536, 1, Meta.Modules.NONE, "1", "test");
  }

  /// An exit of some task on a cpu.
  void write(int cpu, long sequence) {
    records.add(new KernelEvent(cpu, sequence, 10 * sequence, Facts.exited()));
  }

  void write(KernelEvent record) {
    records.add(record);
  }

  /// Found by the next poll after a recount.
  void loseAtTheEnd(Fact.EventsLost loss) {
    trailing.add(loss);
  }

  int read() {
    return read;
  }

  @Override
  public Meta meta() {
    return meta;
  }

  @Override
  public int poll(CaptureHandler handler, int maxRecords) {
    int handed = 0;
    read += passedOver;
    passedOver = 0;
    while (handed < maxRecords && read < records.size()) {
      lostBeforeNext.ifPresent(loss -> lose(loss, handler));
      lostBeforeNext = Optional.empty();
      handler.event(records.get(read++));
      handed++;
    }
    this.handed += handed;
    if (recounted) {
      trailing.forEach(loss -> lose(loss, handler));
      trailing.clear();
      recounted = false;
      counts++;
    }
    return handed;
  }

  @Override
  public boolean hasNews() {
    return read < records.size();
  }

  private void lose(Fact.EventsLost loss, CaptureHandler handler) {
    lostTold += loss.count();
    handler.lost(loss);
  }

  @Override
  public void recount() {
    recounted = true;
  }

  @Override
  public long counts() {
    return counts;
  }

  @Override
  public Checkpoint checkpoint() {
    return new Checkpoint(read, List.of(new Progress(-1, agentSequence, 0)));
  }

  @Override
  public List<Progress> progress() {
    return List.of(
        new Progress(-1, agentSequence, 0), new Progress(0, handed + lostTold, lostTold));
  }

  /// What is written and what was lost in place of records.
  @Override
  public long numbered() {
    return records.size() + lostTold;
  }

  @Override
  public void release(Checkpoint acknowledged) {
    released = acknowledged;
  }

  @Override
  public List<Progress> settled() {
    return settled;
  }

  @Override
  public long releasedPosition() {
    return released.position();
  }

  @Override
  public long readPosition() {
    return read;
  }

  @Override
  public long producerPosition() {
    return records.size();
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  @Override
  public Optional<List<Fact.LostOfKind>> missed() {
    return troubles.missed();
  }

  @Override
  public boolean startSnapshot() {
    snapshots += snapshotIsBusy ? 0 : 1;
    return !snapshotIsBusy;
  }

  @Override
  public long nextAgentSequence() {
    return ++agentSequence;
  }

  @Override
  public Optional<Fact.EventsLost> abandonedByAgents() {
    return abandoned;
  }

  @Override
  public long bootNanos() {
    return bootNanos;
  }

  @Override
  public long wallOffsetNanos() {
    return wallOffsetNanos;
  }

  @Override
  public boolean isOver() {
    return over && read == records.size();
  }

  @Override
  public Capture next() {
    return next.orElseThrow();
  }

  @Override
  public void close() {
    closed = true;
  }
}
