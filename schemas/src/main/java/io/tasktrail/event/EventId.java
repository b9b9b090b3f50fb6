package io.tasktrail.event;

import java.util.UUID;

/// An event, unique over all hosts, boots and captures.
///
/// @param cpu the cpu, or pseudo-cpu, that numbered it
/// @param sequence 1, 2, 3, … within the other four
public record EventId(HostId host, BootId boot, CaptureId capture, int cpu, long sequence) {

  /// The event as one UUID: version 5 (RFC 9562) in the name space of the host id, of the name
  /// `event/BOOT-ID/CAPTURE-ID/CPU/SEQUENCE`.
  public UUID uuid() {
    return NameUuid.in(host.value())
        .text("event/")
        .id(boot.value())
        .text("/")
        .id(capture.value())
        .text("/")
        .number(cpu)
        .text("/")
        .number(sequence)
        .uuid();
  }
}
