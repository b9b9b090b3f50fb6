/// The agent: reads what the kernel captured, says who and where this host is, publishes, and gives
/// the room in the ring back once what stood there is acknowledged.
///
/// Begin with [Agent], one turn of which does everything; [Relay] goes from one capture to the
/// next, [AgentRole] turns it in a thread, [AgentCommand] is `tasktrail agent`. Knows nothing of
/// how the ring is read (`io.tasktrail.agent.ring`), of histories, or of who reads what is
/// published.
package io.tasktrail.agent;
