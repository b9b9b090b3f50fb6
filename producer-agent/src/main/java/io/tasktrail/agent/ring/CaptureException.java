package io.tasktrail.agent.ring;

/// The capture cannot be read: not armed, no rights, another layout, or held by another agent. The
/// message says what to do.
public final class CaptureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CaptureException(String message) {
    super(message);
  }

  CaptureException(String message, Throwable cause) {
    super(message, cause);
  }
}
