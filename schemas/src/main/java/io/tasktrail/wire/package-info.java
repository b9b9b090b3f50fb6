/// How the vocabulary travels: the Avro contract (`src/main/avro`), the forms that write the
/// records of `io.tasktrail.event` as its binary and read them back, Confluent's wire format on
/// Kafka, and capture files.
///
/// There is one way of reading: a record that was written with another version of the contract is
/// first turned into one of today's. Knows nothing of how events are made, folded or shown.
package io.tasktrail.wire;
