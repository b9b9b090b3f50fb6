/// The topology: how Kafka Streams runs the fold, and where the fold's state is kept.
///
/// Knows nothing of how a history grows (`io.tasktrail.history`), nor of settings files, command
/// lines and signals (`io.tasktrail.streams`).
package io.tasktrail.streams.fold;
