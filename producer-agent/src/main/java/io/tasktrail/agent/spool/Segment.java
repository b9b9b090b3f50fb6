package io.tasktrail.agent.spool;

import java.nio.file.Path;

/// One file of the spool.
///
///     written ──sealed──▶ unread ──▶ read to its end ──all of it acknowledged──▶ deleted
final class Segment {

  private final Path file;
  private long events;
  private long bytes;
  private long safe;

  /// Events given to Kafka, and those of them that are safe there.
  private long sent;
  private long settled;
  private boolean isRead;
  private boolean isThinned;

  Segment(Path file, long events, long bytes) {
    this.file = file;
    this.events = events;
    this.bytes = bytes;
  }

  Path file() {
    return file;
  }

  long events() {
    return events;
  }

  long bytes() {
    return bytes;
  }

  void grew(long byEvents, long toBytes) {
    events += byEvents;
    bytes = toBytes;
  }

  /// All of it is on the disk.
  void synced() {
    safe = events;
  }

  /// How many of its events are on the disk for certain.
  long safe() {
    return safe;
  }

  void sentOne() {
    sent++;
  }

  void settledOne() {
    settled++;
  }

  long settled() {
    return settled;
  }

  void readToItsEnd() {
    isRead = true;
  }

  boolean isRead() {
    return isRead;
  }

  /// Events that the file should have and that were not found in it.
  long missing() {
    return events - sent;
  }

  boolean isDone() {
    return isRead && settled == sent;
  }

  /// Nobody knows any more what of it Kafka has.
  void rewind() {
    sent = 0;
    settled = 0;
    isRead = false;
  }

  /// Whether thinning may be tried: nothing of it was sent, and it was not tried before.
  boolean isToThin() {
    return !isThinned && !isRead && sent == 0;
  }

  void thinned(long eventsLeft, long bytesLeft) {
    isThinned = true;
    events = eventsLeft;
    bytes = bytesLeft;
  }
}
