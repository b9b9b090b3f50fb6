package io.tasktrail.sink.syslog;

import java.util.ArrayDeque;
import java.util.Deque;

/// The newest messages that were sent, up to a number of bytes; older ones are forgotten. What was
/// not synced comes again by itself, and is not among what is to be sent again.
final class Sent {

  private final long bytesMax;
  private final Deque<byte[]> messages = new ArrayDeque<>();
  private long bytes;
  private int unsynced;

  Sent(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  void add(byte[] message) {
    messages.addLast(message);
    bytes += message.length;
    unsynced++;
    while (bytes > bytesMax) {
      bytes -= messages.removeFirst().length;
    }
    unsynced = Math.min(unsynced, messages.size());
  }

  /// All of them are.
  void synced() {
    unsynced = 0;
  }

  void forgetUnsynced() {
    for (; unsynced > 0; unsynced--) {
      bytes -= messages.removeLast().length;
    }
  }

  /// Those that were synced, the oldest first: [#forgetUnsynced] was called before.
  Iterable<byte[]> again() {
    return messages;
  }

  int size() {
    return messages.size();
  }
}
