package io.tasktrail.wire;

import org.apache.avro.Schema;

/// How a record of the contract is written.
interface WritingForm<D> {

  /// Of the bytes that are written.
  Schema schema();

  /// Appends the record.
  void write(D value, AvroOutput out);
}
