/// The vocabulary of tasktrail: what an event is, what a history is. Plain values, shared by every
/// room.
///
/// Knows nothing of Avro, Kafka, files or clocks: how these values travel is `io.tasktrail.wire`'s
/// affair, how histories are made is `io.tasktrail.history`'s.
package io.tasktrail.event;
