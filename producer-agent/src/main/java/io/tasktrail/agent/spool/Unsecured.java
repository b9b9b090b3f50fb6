package io.tasktrail.agent.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/// What was published and is safe nowhere yet, in order, and how far it stands on the disk:
///
///     added ──▶ appended to the segment ──▶ synced: safe, and out of here
///
/// A disk that fails leaves all of it here, to be appended anew.
final class Unsecured {

  /// At most so long is an event kept from the disk.
  static final Duration SYNC = Duration.ofMillis(100);

  /// At most so many bytes, and what one poll of the ring adds.
  static final long SYNC_BYTES = 1 << 20;

  private final Spool spool;
  private final DiskTrouble disk;
  private final SpoolTally tally;
  private final LongSupplier nanoTime;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private long bytes;
  private long lastSync;

  /// Whether all of it was appended to the segment that is being written.
  private boolean isAppended = true;

  /// How many of it stand in the segment that is being written, not yet synced.
  private int appended;

  Unsecured(Spool spool, DiskTrouble disk, SpoolTally tally, LongSupplier nanoTime) {
    this.spool = spool;
    this.disk = disk;
    this.tally = tally;
    this.nanoTime = nanoTime;
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  boolean hasRoom() {
    return bytes < SYNC_BYTES;
  }

  /// See the field.
  int appended() {
    return appended;
  }

  void add(Kept one) {
    kept.add(one);
    bytes += one.event().length;
  }

  /// Kafka has answered the first.
  void removeFirst() {
    bytes -= kept.remove().event().length;
  }

  /// Brings the last one that was added nearer to the disk, if those before it are.
  void append(Kept last) {
    if (!isAppended) {
      return;
    }
    try {
      appendNext(last);
    } catch (IOException cause) {
      troubled(cause);
    }
  }

  private void appendNext(Kept one) throws IOException {
    spool.append(one.event());
    appended++;
  }

  /// Whether something has waited for the disk long enough.
  boolean isDue() {
    return !kept.isEmpty() && (nanoTime.getAsLong() - lastSync >= SYNC.toNanos() || !hasRoom());
  }

  /// Brings all of it to the disk, of which nothing is there yet.
  ///
  /// @return whether it is there
  boolean secureAnew() {
    isAppended = false;
    return secure();
  }

  /// Brings all of it to the disk.
  ///
  /// @return whether it is there
  boolean secure() {
    if (!disk.isDue()) {
      return false;
    }
    long begin = nanoTime.getAsLong();
    try {
      if (!isAppended) {
        for (Kept each : kept) {
          appendNext(each);
        }
      }
      spool.sync();
    } catch (IOException cause) {
      troubled(cause);
      return false;
    }
    lastSync = nanoTime.getAsLong();
    disk.took(lastSync - begin);
    disk.over();
    letGo();
    return true;
  }

  private void letGo() {
    isAppended = true;
    appended = 0;
    bytes = 0;
    List<Kept> safe = List.copyOf(kept);
    kept.clear();
    safe.forEach(Kept::isSafe);
  }

  /// The segment that is being written is given up: what it holds unsynced is appended anew.
  void troubled(IOException cause) {
    disk.later(cause);
    isAppended = false;
    long before = spool.events() - appended;
    appended = 0;
    spool.abandon();
    tally.found(spool.events() - before);
  }

  /// All of it goes to Kafka now, what stands in the segment once more.
  List<Kept> leaveDisk() {
    tally.again += appended;
    appended = 0;
    return List.copyOf(kept);
  }
}
