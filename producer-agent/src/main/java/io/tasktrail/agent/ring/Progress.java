package io.tasktrail.agent.ring;

/// How far one cpu's events are settled: `struct tasktrail_progress`.
///
/// @param cpu the cpu or pseudo-cpu
/// @param delivered every sequence up to here was acknowledged, or is in an acknowledged loss
/// @param lost how many of them were lost
public record Progress(int cpu, long delivered, long lost) {}
