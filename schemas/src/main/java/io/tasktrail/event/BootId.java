package io.tasktrail.event;

import java.util.UUID;

/// One boot of a host: `/proc/sys/kernel/random/boot_id`.
public record BootId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
