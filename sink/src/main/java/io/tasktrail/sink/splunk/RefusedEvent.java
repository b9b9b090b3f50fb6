package io.tasktrail.sink.splunk;

/// An event that the collector will never take.
final class RefusedEvent extends Exception {

  private static final long serialVersionUID = 1;

  RefusedEvent(String reason) {
    super("refused by the collector: " + reason);
  }
}
