package io.tasktrail.sink.kafka;

/// A record that the topic will never take.
final class TooLong extends Exception {

  private static final long serialVersionUID = 1;

  TooLong(String topic, String bound) {
    super("too long for a record of " + topic + ": " + bound);
  }
}
