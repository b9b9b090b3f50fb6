/// The sink as Kafka Connect runs it: a connector that any worker may load, and its task.
///
///     Connect: consumer, group, rebalances, pauses, offsets
///        │ start, open, put, preCommit, close
///        ▼
///     TasktrailSinkTask ──▶ Delivery ──▶ Decoder ──▶ Destination
///                              │   └──▶ DeadLetters (what will never be taken)
///                              ├── Progress (what is durable, what comes again)
///                              └── TaskMetrics (what became of the records)
///
/// Connect reads and remembers; here it is decided when something is durable, and what is done
/// about failures. Begin with [io.tasktrail.sink.connect.TasktrailSinkConnector]. Knows no
/// destination by name, and nothing of who runs the worker.
package io.tasktrail.sink.connect;
