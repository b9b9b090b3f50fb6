/// What the kernel's records do not say of where a task runs and who it acts as: which container
/// and which systemd unit its cgroup is, what the host calls its users, the digest of what it
/// executes. Knows nothing of the ring and of publishing.
///
/// Begin with [Whereabouts]. What may take its time is asked by another thread ([Inquiry], and
/// [RunningArguments]): whoever reads the ring waits for it shortly, if at all.
package io.tasktrail.agent.place;
