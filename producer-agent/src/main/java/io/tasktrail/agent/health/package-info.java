/// What the agent tells of itself while it runs: where each captured event is, whether it does its
/// work, and whether a program of its own is captured. The endpoint is `io.tasktrail.role.http`.
///
/// The agent's thread posts what it sees ([io.tasktrail.agent.health.Board]), whoever asks reads
/// the newest post. Knows nothing of how a ring is read or how events are published.
package io.tasktrail.agent.health;
