package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The memory of a BPF ring buffer (kernel/bpf/ringbuf.c): a page that the consumer writes, a page
/// that the producer writes, and the data, mapped twice in a row so that no record is ever split.
///
/// Positions count bytes since the ring was made and only grow.
final class RingMemory {

  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;
  private static final int RECORD_HEADER = 8;

  private static final VarHandle LONG = JAVA_LONG.varHandle();
  private static final VarHandle INT = JAVA_INT.varHandle();

  private final MemorySegment consumer;
  private final MemorySegment producer;
  private final int page;
  private final long mask;

  /// @param consumer the consumer's page
  /// @param producer the producer's page and twice the data
  RingMemory(MemorySegment consumer, MemorySegment producer, int page) {
    this.consumer = consumer;
    this.producer = producer;
    this.page = page;
    this.mask = (producer.byteSize() - page) / 2 - 1;
  }

  long consumerPosition() {
    return (long) LONG.getAcquire(consumer, 0L);
  }

  long producerPosition() {
    return (long) LONG.getAcquire(producer, 0L);
  }

  /// Gives everything before the position back to the kernel.
  void release(long position) {
    LONG.setRelease(consumer, 0L, position);
  }

  /// Whether the record at the position is written completely. What follows it may be.
  boolean isReady(long position) {
    return (header(position) & BUSY) == 0;
  }

  /// Whether the record is to be passed over.
  boolean isDiscarded(long position) {
    return (header(position) & DISCARDED) != 0;
  }

  /// Bytes of the record at the position.
  int length(long position) {
    return header(position) & ~(BUSY | DISCARDED);
  }

  /// Where the next record begins.
  long next(long position) {
    return position + (RECORD_HEADER + length(position) + 7 & ~7);
  }

  /// Copies the record at the position.
  void copy(long position, byte[] into, int length) {
    MemorySegment.copy(producer, JAVA_BYTE, offset(position) + RECORD_HEADER, into, 0, length);
  }

  private int header(long position) {
    return (int) INT.getAcquire(producer, offset(position));
  }

  private long offset(long position) {
    return page + (position & mask);
  }
}
