package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.wire.BinaryCodec;

/// A task in the state: two flags, then bare Avro of `TaskHistory`.
///
/// Bare Avro can be read with the schema alone that wrote it: when the schema changes, this version
/// of the format keeps the old one.
final class TaskRowFormat extends RowFormat<TaskRow> {

  private static final int FLAGS_AT = 1;
  private static final int AVRO_AT = 2;
  private static final int LISTED = 1;
  private static final int TOLD = 2;

  private final BinaryCodec<TaskHistory> avro = BinaryCodec.taskHistories();

  /// Whether the table of tasks was told what is in a row.
  static boolean isTold(byte[] row) {
    return row.length > FLAGS_AT && (row[FLAGS_AT] & TOLD) != 0;
  }

  @Override
  byte[] write(TaskRow row) {
    int flags = (row.listed() ? LISTED : 0) | (row.told() ? TOLD : 0);
    return avro.encode(new byte[] {VERSION, (byte) flags}, row.task());
  }

  @Override
  TaskRow read(byte[] bytes) {
    TaskHistory task = avro.decode(bytes, AVRO_AT, bytes.length - AVRO_AT);
    return new TaskRow(task, (bytes[FLAGS_AT] & LISTED) != 0, isTold(bytes));
  }
}
