package io.tasktrail.wire;

import org.apache.avro.Schema;

/// How a record of the contract is read. Remembers what records repeat, hence not for use by
/// several threads at once.
interface ReadingForm<D> {

  /// Of the bytes that are read.
  Schema schema();

  /// The next record.
  ///
  /// @throws java.io.UncheckedIOException if it is malformed
  D read(AvroInput in);
}
