package io.tasktrail.wire;

import io.tasktrail.event.TaskEvent;

/// An event as it was read from Kafka, together with its bytes where those are of today's contract:
/// they are then part of what is written about it, see [EnrichedEvent].
public final class ArrivedEvent {

  private static final byte[] NOTHING = {};

  private final TaskEvent event;
  private final byte[] array;
  private final int offset;
  private final int length;

  /// Of a payload within an array that nobody changes again.
  ArrivedEvent(TaskEvent event, byte[] array, int offset, int length) {
    this.event = event;
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// An event of which no bytes are at hand.
  public static ArrivedEvent of(TaskEvent event) {
    return new ArrivedEvent(event, NOTHING, 0, 0);
  }

  /// What happened.
  public TaskEvent event() {
    return event;
  }

  /// Whether the bytes of the event are at hand.
  boolean hasPayload() {
    return length > 0;
  }

  /// Appends the bytes of the event.
  void writePayload(AvroOutput out) {
    out.raw(array, offset, length);
  }
}
