package io.tasktrail.sink.syslog;

/// A message that is longer than servers take, and can't be cut.
final class TooLong extends Exception {

  private static final long serialVersionUID = 1;

  TooLong(int bytes, int bytesMax) {
    super(
        "a message of %d bytes, and %d is the most: raise sink.syslog.message.bytes"
            .formatted(bytes, bytesMax));
  }
}
