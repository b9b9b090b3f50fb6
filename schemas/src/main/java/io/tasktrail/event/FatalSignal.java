package io.tasktrail.event;

/// A signal that was sent to a task and may end it.
///
/// @param signal its number
/// @param sender who sent it, as it was then
/// @param origin how it came to be sent
public record FatalSignal(int signal, AuditedTask sender, SignalOrigin origin) {}
