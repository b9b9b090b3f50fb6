package io.tasktrail.event;

/// How a task was forked.
///
/// @param creator who forked it: not its parent when CLONE_PARENT was given
/// @param execCount how many execs of its lineage it inherited
public record Birth(TaskKey creator, long execCount) {}
