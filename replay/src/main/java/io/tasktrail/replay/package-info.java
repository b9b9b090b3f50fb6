/// Rebuilds histories from capture files and audit logs, through the same fold as the topology, and
/// writes them to standard output.
///
/// Knows nothing of Kafka.
package io.tasktrail.replay;
