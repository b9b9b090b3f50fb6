/// What a SIEM, a file or a person reads: an event with its history as bytes, by the name of a
/// format. Each format is a room of its own (`ecs`, `text`, …) with one public type: a pure
/// function from an event to bytes.
///
/// The same event gives the same bytes. No format knows another, nor anything of Kafka, Avro,
/// destinations or clocks, and none trusts a name, a path or an argument: whatever a process called
/// itself, a record stays one record and one field stays one field.
package io.tasktrail.formats;
