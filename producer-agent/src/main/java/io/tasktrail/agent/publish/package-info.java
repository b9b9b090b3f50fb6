/// Where events go: the port, and an adapter each for Kafka and for capture files.
///
/// Knows nothing of rings, captures or how an event was made; an event is known by the token that
/// came with it.
package io.tasktrail.agent.publish;
