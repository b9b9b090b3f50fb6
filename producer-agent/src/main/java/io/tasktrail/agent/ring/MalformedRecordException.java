package io.tasktrail.agent.ring;

/// A record of the ring is not what `record.h` says.
public final class MalformedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message);
  }
}
