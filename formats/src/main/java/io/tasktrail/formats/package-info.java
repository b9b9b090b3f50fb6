/// What a SIEM, a file or a person reads: an event with its history as bytes, one format a class.
///
/// Pure: the same event gives the same bytes. Knows nothing of Kafka, Avro, destinations or clocks,
/// and trusts no name, path or argument: whatever a process called itself, a record stays one
/// record and one field stays one field.
package io.tasktrail.formats;
