/// How the vocabulary travels: the Avro contract (`src/main/avro`), its mapping to the records of
/// `io.tasktrail.event`, Confluent's wire format on Kafka, and capture files.
///
/// Knows nothing of how events are made, folded or shown. Nobody outside of this package touches
/// the generated classes of `io.tasktrail.avro`.
package io.tasktrail.wire;
