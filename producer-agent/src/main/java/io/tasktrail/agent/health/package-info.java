/// What the agent tells of itself while it runs: where each captured event is, whether it does its
/// work, and whether a program of its own is captured. The endpoint is `io.tasktrail.role.http`.
///
/// Knows nothing of how the ring is read or of how events are published: the agent's thread posts what it
/// sees ([io.tasktrail.agent.health.Board]), and whoever asks reads the newest post.
package io.tasktrail.agent.health;
