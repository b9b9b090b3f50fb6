package io.tasktrail.event;

import java.util.UUID;

/// A task, unique over all hosts and boots.
public record TaskId(HostId host, BootId boot, TaskKey task) {

  /// The task as one UUID: version 5 (RFC 9562) in the name space of the host id, of the name
  /// `task/BOOT-ID/PID/START`, so that everybody who knows the four derives the same.
  public UUID uuid() {
    return NameUuid.in(host.value())
        .text("task/")
        .id(boot.value())
        .text("/")
        .number(task.pid())
        .text("/")
        .number(task.startNanos())
        .uuid();
  }
}
