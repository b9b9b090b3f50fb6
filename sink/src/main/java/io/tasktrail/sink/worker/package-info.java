/// Kafka Connect inside `tasktrail sink`: one worker, one connector, no REST interface and so no
/// open port.
///
/// Knows that the connector's tasks tell [io.tasktrail.sink.connect.TaskMetrics], and nothing else
/// of them.
package io.tasktrail.sink.worker;
