package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The memory of the map `reader` (`struct tasktrail_reader`): what an agent leaves for the next.
final class ReaderMemory {

  static final int SIZE = 64;

  private static final int SIDE = 0;
  private static final int PROGRESS = 8;
  private static final int PROGRESS_SIZE = 16;
  private static final int SEQUENCE = 40;
  private static final int HOLDER = 48;
  private static final int AGENT = -1 + Counter.CPU_OFFSET;
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private final MemorySegment memory;

  ReaderMemory(MemorySegment memory) {
    this.memory = memory;
  }

  /// Where the last agent stopped with an entry.
  Progress progress(int entry) {
    long at = at(entry, PROGRESS) + PROGRESS_SIZE * side(entry);
    return new Progress(
        entry - Counter.CPU_OFFSET, memory.get(JAVA_LONG, at), memory.get(JAVA_LONG, at + 8));
  }

  /// Writes the side that does not count, then makes it count: a kill in between changes nothing.
  void write(int entry, Progress progress) {
    long other = 1 - side(entry);
    long at = at(entry, PROGRESS) + PROGRESS_SIZE * other;
    memory.set(JAVA_LONG, at, progress.delivered());
    memory.set(JAVA_LONG, at + 8, progress.lost());
    LONG.setRelease(memory, at(entry, SIDE), other);
  }

  /// The last sequence that an agent gave to an event of its own.
  long agentSequence() {
    return (long) LONG.getAcquire(memory, at(AGENT, SEQUENCE));
  }

  long nextAgentSequence() {
    return (long) LONG.getAndAdd(memory, at(AGENT, SEQUENCE), 1L) + 1;
  }

  Holder holder() {
    return new Holder((long) LONG.getAcquire(memory, at(AGENT, HOLDER)));
  }

  /// Takes the place of a holder, if it still is the holder.
  boolean replace(Holder expected, Holder next) {
    return LONG.compareAndSet(memory, at(AGENT, HOLDER), expected.word(), next.word());
  }

  private long side(int entry) {
    return (long) LONG.getAcquire(memory, at(entry, SIDE)) & 1;
  }

  private static long at(int entry, int field) {
    return (long) entry * SIZE + field;
  }
}
