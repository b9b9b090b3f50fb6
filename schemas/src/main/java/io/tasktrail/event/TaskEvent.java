package io.tasktrail.event;

/// What the kernel or the agent of one host says, once.
public record TaskEvent(Header header, Fact fact) {}
