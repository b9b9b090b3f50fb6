package io.tasktrail.agent.ring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A capture that `tasktrail-arm` pinned, opened by the one agent that reads it. Needs no privilege
/// but the capture's group. Not for use by two threads at once.
///
/// Reading runs ahead of releasing: [#poll] hands out what is new, [#checkpoint] names the point
/// reached, and [#release] gives the room in the ring back to the kernel once everything up to
/// there is acknowledged. Who opens the capture next goes on at the last released point: what was
/// handed out and not released comes again, with the same sequence numbers.
public final class CaptureRing implements AutoCloseable {

  /// While nothing arrives, one poll of so many looks at the kernel's loss counters.
  private static final int IDLE_POLLS_PER_COUNT = 50;

  private final CapturePins pins;
  private final Holder self;
  private final RingDrain drain;
  private long releasedPosition;
  private int idlePolls;

  private CaptureRing(CapturePins pins, Holder self) {
    this.pins = pins;
    this.self = self;
    releasedPosition = pins.ring().consumerPosition();
    drain =
        new RingDrain(
            new RingCursor(pins.ring(), releasedPosition),
            new LossLedger(settled(pins)),
            releasedPosition == 0 ? Optional.of(initialSnapshot(pins)) : Optional.empty());
  }

  /// Opens a capture and becomes its reader.
  ///
  /// @param pinDir where it is pinned, as `/sys/fs/bpf/tasktrail`
  /// @throws CaptureException if nothing is armed there, it may not be read, it is of another
  ///     version, or another agent that still runs reads it
  public static CaptureRing open(Path pinDir) {
    CapturePins pins = new CapturePins(pinDir);
    try {
      Holder self = Holder.self();
      claim(pins.reader(), self, pinDir);
      return new CaptureRing(pins, self);
    } catch (RuntimeException e) {
      pins.close();
      throw e;
    }
  }

  private static void claim(ReaderMemory reader, Holder self, Path pinDir) {
    Holder holder = reader.holder();
    boolean free = holder.equals(Holder.NOBODY) || !holder.isAlive();
    if (!free || !reader.replace(holder, self)) {
      throw new CaptureException(
          pinDir
              + ": process "
              + reader.holder().pid()
              + " reads this capture already; stop that agent first, or arm another capture with"
              + " tasktrail-arm --pin");
    }
  }

  private static List<Progress> settled(CapturePins pins) {
    int entries = pins.meta().cpus() + Counter.CPU_OFFSET;
    return IntStream.range(0, entries).mapToObj(pins.reader()::progress).toList();
  }

  private static InitialSnapshot initialSnapshot(CapturePins pins) {
    return new InitialSnapshot(
        new RingCursor(pins.ring(), 0), pins.ring().producerPosition(), pins.meta().armedNanos());
  }

  /// What the loader wrote about the capture.
  public Meta meta() {
    return pins.meta();
  }

  /// Hands out what is new: at most `maxRecords` events, and any number of losses.
  ///
  /// @return how many events were handed out; fewer than `maxRecords` when there are no more now
  public int poll(CaptureHandler handler, int maxRecords) {
    if (drain.position() == producerPosition() && ++idlePolls < IDLE_POLLS_PER_COUNT) {
      return 0;
    }
    idlePolls = 0;
    // The counters come first: what they count as lost lies before the end that is read next.
    List<Counter> counters = pins.counters();
    return drain.poll(handler, counters, producerPosition(), maxRecords, bootNanos());
  }

  /// The point reached by the last poll.
  public Checkpoint checkpoint() {
    return new Checkpoint(drain.position(), pins.reader().agentSequence(), drain.progress());
  }

  /// Everything handed out before the checkpoint is acknowledged: it will not come again.
  public void release(Checkpoint acknowledged) {
    for (int entry = 0; entry < acknowledged.progress().size(); entry++) {
      pins.reader().write(entry, acknowledged.progress().get(entry));
    }
    // Last: killed before this, the next agent finds old records in the ring and knows them.
    releasedPosition = acknowledged.position();
    pins.ring().release(releasedPosition);
  }

  /// Up to where the ring was given back, in bytes since it was made.
  public long releasedPosition() {
    return releasedPosition;
  }

  /// Up to where the ring was read.
  public long readPosition() {
    return drain.position();
  }

  /// Up to where the kernel has written.
  public long producerPosition() {
    return pins.ring().producerPosition();
  }

  /// Records that were passed over because they are not what `record.h` says; each shows as a loss.
  public long malformed() {
    return drain.malformed();
  }

  /// What the kernel has counted so far, one entry per cpu, the pseudo-cpus first.
  public List<Counter> counters() {
    return pins.counters();
  }

  /// Has the kernel write what is alive into the ring, between a SnapshotStarted and a
  /// SnapshotFinished.
  ///
  /// @return false if another snapshot is being written right now
  public boolean startSnapshot() {
    return pins.snapshot();
  }

  /// The sequence number for an event that the agent itself makes
  /// ([io.tasktrail.event.Header#AGENT_CPU]).
  public long nextAgentSequence() {
    return pins.reader().nextAgentSequence();
  }

  /// CLOCK_BOOTTIME now, in nanoseconds: the clock of the events.
  public long bootNanos() {
    return pins.libc().bootNanos();
  }

  /// CLOCK_REALTIME minus CLOCK_BOOTTIME now, in nanoseconds.
  public long wallOffsetNanos() {
    return pins.libc().wallNanos() - pins.libc().bootNanos();
  }

  /// Steps down as the reader. The capture goes on.
  @Override
  public void close() {
    pins.reader().replace(self, Holder.NOBODY);
    pins.close();
  }
}
