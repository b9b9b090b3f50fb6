package io.tasktrail.agent.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Memory laid out as the kernel's ring, written by a test.
final class FakeRing {

  private static final int PAGE = 4096;
  private static final int HEADER = 8;

  private final int size;
  private final MemorySegment consumer = Arena.ofAuto().allocate(PAGE, 8);
  private final MemorySegment producer;
  private long position;

  FakeRing(int size) {
    this.size = size;
    this.producer = Arena.ofAuto().allocate(PAGE + 2L * size, 8);
  }

  RingMemory memory() {
    return new RingMemory(consumer, producer, PAGE);
  }

  /// Writes a record as the kernel does, in both copies of the data.
  FakeRing write(byte[] record) {
    return write(record, 0);
  }

  /// @param flags the busy or the discard bit
  FakeRing write(byte[] record, int flags) {
    putInt(position, record.length | flags);
    for (int i = 0; i < record.length; i++) {
      put(position + HEADER + i, record[i]);
    }
    position += HEADER + record.length + 7 & ~7;
    producer.set(ValueLayout.JAVA_LONG, 0, position);
    return this;
  }

  long position() {
    return position;
  }

  private void putInt(long at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      put(at + i, (byte) (value >> (8 * i)));
    }
  }

  private void put(long at, byte value) {
    long offset = at % size;
    producer.set(ValueLayout.JAVA_BYTE, PAGE + offset, value);
    producer.set(ValueLayout.JAVA_BYTE, PAGE + size + offset, value);
  }
}
