package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.RecordLayout.Exec;
import java.util.Optional;

/// Walks the records of the ring from a position on; moves nothing but itself.
final class RingCursor {

  /// The longest record that the kernel side writes: an exec with all its strings.
  static final int RECORD_MAX = Exec.END + 6 * 4096 + 65536;

  private final RingMemory ring;
  private final byte[] bytes = new byte[RECORD_MAX];
  private long position;
  private long malformed;
  private long argumentFaults;

  RingCursor(RingMemory ring, long position) {
    this.ring = ring;
    this.position = position;
  }

  long position() {
    return position;
  }

  /// Records that were passed over because they are not what `record.h` says.
  long malformed() {
    return malformed;
  }

  /// Execs of which a page of argv was not in memory.
  long argumentFaults() {
    return argumentFaults;
  }

  /// Whether another record stands before `end` and is written completely.
  boolean hasNext(long end) {
    return position < end && ring.isReady(position);
  }

  /// The next record; empty if it holds nothing to read.
  Optional<KernelEvent> next() {
    long at = position;
    int length = ring.length(at);
    position = ring.next(at);
    return ring.isDiscarded(at) ? Optional.empty() : parse(at, length);
  }

  private Optional<KernelEvent> parse(long at, int length) {
    try {
      if (length > RECORD_MAX) {
        throw new MalformedRecordException("a record of " + length + " bytes");
      }
      ring.copy(at, bytes, length);
      KernelEvent event = RecordParser.parse(bytes, length);
      argumentFaults += RecordParser.hasArgumentFault(bytes, length) ? 1 : 0;
      return Optional.of(event);
    } catch (MalformedRecordException unreadable) {
      // Its sequence number is missing from now on: the ledger declares it lost.
      malformed++;
      return Optional.empty();
    }
  }
}
