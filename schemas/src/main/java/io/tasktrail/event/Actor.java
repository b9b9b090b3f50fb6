package io.tasktrail.event;

/// The task on whose behalf the kernel ran when it recorded an event: as it was at that moment.
///
/// @param execCount the kernel's `self_exec_id`: successful execs of the whole lineage up to now
/// @param comm at most 15 bytes
public record Actor(TaskKey task, long execCount, ByteText comm, Credentials credentials) {}
