/// What the role tells of itself while it runs: whether it is ready, how far the state is restored,
/// and the figures that Kafka Streams has and an operator needs. The endpoint itself is
/// `io.tasktrail.role.http`.
package io.tasktrail.streams.health;
