package io.tasktrail.event;

import java.util.UUID;

/// One capture: random, made together with the kernel-side counters that number its events.
public record CaptureId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
