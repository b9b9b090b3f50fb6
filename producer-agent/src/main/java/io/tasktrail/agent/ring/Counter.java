package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact.LostOfKind;
import java.util.Arrays;
import java.util.List;

/// What the kernel counted for one cpu: `struct tasktrail_counter`.
///
/// @param cpu the cpu or pseudo-cpu
/// @param sequence the last sequence number assigned
/// @param lost by kind of record: numbered, but the ring was full
public record Counter(int cpu, long sequence, LostByKind lost) {

  /// Where the entry of a cpu stands: `TASKTRAIL_CPU_OFFSET`.
  static final int CPU_OFFSET = 2;

  /// Counts of lost records by kind, the kinds of `enum tasktrail_kind`. Immutable.
  public static final class LostByKind {

    static final int KINDS = RecordLayout.Counter.LOST_SIZE / Long.BYTES;
    static final LostByKind NONE = new LostByKind(new long[KINDS]);

    private final long[] counts;
    private final long total;

    LostByKind(long[] counts) {
      this.counts = counts;
      this.total = Arrays.stream(counts).sum();
    }

    /// How many of one kind.
    public long of(RecordKind kind) {
      return counts[kind.number()];
    }

    /// How many of all kinds.
    public long total() {
      return total;
    }

    /// Those that there are, in the words of an event.
    public List<LostOfKind> listed() {
      // Nearly always, and asked each second.
      if (total == 0) {
        return List.of();
      }
      return Arrays.stream(RecordKind.values())
          .filter(kind -> of(kind) > 0)
          .map(kind -> new LostOfKind(kind.action(), of(kind)))
          .toList();
    }

    LostByKind plus(LostByKind other) {
      long[] sum = counts.clone();
      Arrays.setAll(sum, kind -> counts[kind] + other.counts[kind]);
      return new LostByKind(sum);
    }

    LostByKind minus(LostByKind earlier) {
      long[] difference = counts.clone();
      Arrays.setAll(difference, kind -> counts[kind] - earlier.counts[kind]);
      return new LostByKind(difference);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LostByKind that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
      return Arrays.toString(counts);
    }
  }
}
