package io.tasktrail.event;

import java.util.UUID;

/// A host: systemd's application-specific hash of its machine id (see machine-id(5)), so that the
/// machine id itself stays on the host.
public record HostId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
