package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tasktrail.agent.ring.RecordLayout.Reader;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The memory of the map `reader` (`struct tasktrail_reader`): what an agent leaves for the next.
final class ReaderMemory {

  private static final int AGENT = -1 + Counter.CPU_OFFSET;
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private final MemorySegment memory;

  ReaderMemory(MemorySegment memory) {
    this.memory = memory;
  }

  /// Where the last agent stopped with an entry.
  Progress progress(int entry) {
    long at = at(entry, Reader.PROGRESS) + RecordLayout.Progress.END * side(entry);
    return new Progress(
        entry - Counter.CPU_OFFSET,
        memory.get(JAVA_LONG, at),
        memory.get(JAVA_LONG, at + RecordLayout.Progress.LOST));
  }

  /// Writes the side that does not count, then makes it count: a kill in between changes nothing.
  void write(int entry, Progress progress) {
    long other = 1 - side(entry);
    long at = at(entry, Reader.PROGRESS) + RecordLayout.Progress.END * other;
    memory.set(JAVA_LONG, at, progress.delivered());
    memory.set(JAVA_LONG, at + RecordLayout.Progress.LOST, progress.lost());
    LONG.setRelease(memory, at(entry, Reader.SIDE), other);
  }

  /// The last sequence that an agent gave to an event of its own.
  long agentSequence() {
    return (long) LONG.getAcquire(memory, at(AGENT, Reader.SEQUENCE));
  }

  long nextAgentSequence() {
    return (long) LONG.getAndAdd(memory, at(AGENT, Reader.SEQUENCE), 1L) + 1;
  }

  Holder holder() {
    return new Holder((long) LONG.getAcquire(memory, at(AGENT, Reader.HOLDER)));
  }

  /// Takes the place of a holder, if it still is the holder.
  boolean replace(Holder expected, Holder next) {
    return LONG.compareAndSet(memory, at(AGENT, Reader.HOLDER), expected.word(), next.word());
  }

  /// Notes that the capture is retired and everything of it acknowledged: it may be removed.
  void done() {
    LONG.setRelease(memory, at(AGENT, Reader.DONE), 1L);
  }

  private long side(int entry) {
    return (long) LONG.getAcquire(memory, at(entry, Reader.SIDE)) & 1;
  }

  private static long at(int entry, int field) {
    return (long) entry * Reader.END + field;
  }
}
