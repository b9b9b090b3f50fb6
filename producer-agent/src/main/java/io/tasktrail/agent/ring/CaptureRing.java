package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.Counter.LostByKind;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LostOfKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// A capture that `tasktrail-arm` pinned, opened by the one agent that reads it. Needs no privilege
/// but the capture's group.
public final class CaptureRing implements Capture {

  /// While nothing arrives, one poll of so many looks at the kernel's loss counters.
  private static final int IDLE_POLLS_PER_COUNT = 50;

  /// How long after a capture was retired its last records, and the first ones of the next, may
  /// still be on their way into the rings: the programs run with preemption off.
  private static final long SETTLING_NANOS = Duration.ofMillis(200).toNanos();

  private final Generation generation;
  private final CapturePins pins;
  private final Holder self;
  private final RingDrain drain;
  private long releasedPosition;
  private int idlePolls;
  private boolean retiring;
  private boolean over;
  private boolean closed;

  private CaptureRing(Generation generation, CapturePins pins, Holder self) {
    this.generation = generation;
    this.pins = pins;
    this.self = self;
    releasedPosition = pins.ring().consumerPosition();
    drain =
        new RingDrain(
            new RingCursor(pins.ring(), releasedPosition),
            new LossLedger(settled(pins)),
            releasedPosition == 0 ? Optional.of(initialSnapshot(pins)) : Optional.empty());
  }

  /// Opens a capture and becomes its reader. Where captures were replaced, it is the oldest that is
  /// not read to its end.
  ///
  /// @param pinDir where it is pinned, as `/sys/fs/bpf/tasktrail`
  /// @throws CaptureException if nothing is armed there, it may not be read, it is of another
  ///     version, or another agent that still runs reads it
  public static CaptureRing open(Path pinDir) {
    return open(Generation.toReadFirst(pinDir));
  }

  private static CaptureRing open(Generation generation) {
    CapturePins pins = new CapturePins(generation.dir());
    try {
      Holder self = Holder.self();
      claim(pins.reader(), self, generation.dir());
      return new CaptureRing(generation, pins, self);
    } catch (RuntimeException e) {
      pins.close();
      throw e;
    }
  }

  /// The pid of the agent that reads a capture now; empty when none does that still runs, or when
  /// there is no capture that this version could read.
  public static OptionalLong readerOf(Path pinDir) {
    try (CapturePins pins = new CapturePins(Generation.toReadFirst(pinDir).dir())) {
      Holder holder = pins.reader().holder();
      return holder.isAlive() ? OptionalLong.of(holder.pid()) : OptionalLong.empty();
    } catch (CaptureException noneOfOurs) {
      return OptionalLong.empty();
    }
  }

  private static void claim(ReaderMemory reader, Holder self, Path pinDir) {
    Holder holder = reader.holder();
    boolean free = holder.equals(Holder.NOBODY) || !holder.isAlive();
    if (!free || !reader.replace(holder, self)) {
      throw new CaptureException(
          pinDir
              + ": "
              + reader.holder()
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

  @Override
  public Meta meta() {
    return pins.meta();
  }

  @Override
  public int poll(CaptureHandler handler, int maxRecords) {
    if (!hasNews() && ++idlePolls < IDLE_POLLS_PER_COUNT) {
      return 0;
    }
    idlePolls = 0;
    // The counters come first: what they count as lost lies before the end that is read next.
    List<Counter> counters = pins.counters();
    long end = producerPosition();
    if (!isCutKnown()) {
      return 0;
    }
    int handed = drain.poll(handler, counters, end, maxRecords, bootNanos());
    over = drain.isOver(end);
    return handed;
  }

  /// While it is being replaced, the moment of that is waited for.
  @Override
  public boolean hasNews() {
    return retiring || drain.position() != producerPosition();
  }

  /// Whether it is known how far to read: while a capture is being retired it is not.
  ///
  /// To be called after the end was read: the loader tells the moment ahead, so that what happens
  /// right then is never handed out without knowing of it.
  private boolean isCutKnown() {
    if (drain.isCut()) {
      return true;
    }
    OptionalLong retired = pins.retiredNanos();
    retiring = retired.isPresent();
    if (retiring && bootNanos() >= retired.getAsLong() + SETTLING_NANOS) {
      drain.endAt(cut(retired.getAsLong()));
    }
    return !retiring || drain.isCut();
  }

  private Cut cut(long nanos) {
    try (CapturePins next = new CapturePins(following().dir())) {
      RingCursor beginning = new RingCursor(next.ring(), next.ring().consumerPosition());
      return Cut.at(nanos, beginning, next.ring().producerPosition(), nanos + SETTLING_NANOS);
    } catch (CaptureException unreadable) {
      // Of another version: its agent says what happened at that very moment, and so does this one.
      return new Cut(nanos, Map.of());
    }
  }

  private Generation following() {
    return generation
        .next()
        .orElseThrow(
            () ->
                new CaptureException(
                    generation.dir() + ": was replaced, and what replaced it is not there"));
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public Capture next() {
    return open(following());
  }

  @Override
  public void recount() {
    idlePolls = IDLE_POLLS_PER_COUNT;
  }

  @Override
  public long counts() {
    return drain.counts();
  }

  @Override
  public Checkpoint checkpoint() {
    return new Checkpoint(drain.position(), drain.progress(pins.reader().agentSequence()));
  }

  @Override
  public void release(Checkpoint acknowledged) {
    for (int entry = 0; entry < acknowledged.progress().size(); entry++) {
      pins.reader().write(entry, acknowledged.progress().get(entry));
    }
    // Last: killed before this, the next agent finds old records in the ring and knows them.
    releasedPosition = acknowledged.position();
    pins.ring().release(releasedPosition);
  }

  @Override
  public List<Progress> settled() {
    return settled(pins);
  }

  @Override
  public List<Progress> progress() {
    return drain.progress(pins.reader().agentSequence());
  }

  @Override
  public long numbered() {
    return pins.counters().stream().mapToLong(Counter::sequence).sum();
  }

  @Override
  public Optional<Fact.EventsLost> abandonedByAgents() {
    return drain.abandoned(pins.reader().agentSequence(), bootNanos());
  }

  @Override
  public long releasedPosition() {
    return releasedPosition;
  }

  @Override
  public long readPosition() {
    return drain.position();
  }

  @Override
  public long producerPosition() {
    return pins.ring().producerPosition();
  }

  @Override
  public Troubles troubles() {
    return new Troubles(
        pins.counters().stream()
            .map(Counter::lost)
            .reduce(LostByKind.NONE, LostByKind::plus)
            .listed(),
        missed(),
        drain.argumentFaults(),
        drain.malformed());
  }

  @Override
  public Optional<List<LostOfKind>> missed() {
    return pins.programs().misses().map(LostByKind::listed);
  }

  /// What the kernel has counted so far, one entry per cpu, the pseudo-cpus first.
  public List<Counter> counters() {
    return pins.counters();
  }

  @Override
  public boolean startSnapshot() {
    return pins.snapshot();
  }

  @Override
  public long nextAgentSequence() {
    return pins.reader().nextAgentSequence();
  }

  @Override
  public long bootNanos() {
    return pins.libc().bootNanos();
  }

  @Override
  public long wallOffsetNanos() {
    return pins.libc().wallNanos() - pins.libc().bootNanos();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (over && releasedPosition == drain.position()) {
      pins.reader().done();
    }
    pins.reader().replace(self, Holder.NOBODY);
    pins.close();
  }
}
