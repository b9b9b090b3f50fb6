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

  /// As of any record; written out because tasks are looked up several times an event.
  @Override
  public boolean equals(Object other) {
    return other instanceof TaskId that
        && task.equals(that.task)
        && boot.value().equals(that.boot.value())
        && host.value().equals(that.host.value());
  }

  /// See [#equals].
  @Override
  public int hashCode() {
    return 31 * task.hashCode() + boot.value().hashCode();
  }
}
