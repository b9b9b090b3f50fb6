package io.tasktrail.event;

import java.util.UUID;

/// The event that something is told for.
///
/// @param eventId the [EventId] as one UUID, as an audit event tells it
public record Occasion(String hostName, BootId boot, CaptureId capture, UUID eventId) {

  /// The event that begins like this.
  public static Occasion of(Header header) {
    return new Occasion(
        header.hostName(), header.boot(), header.capture(), header.eventId().uuid());
  }
}
