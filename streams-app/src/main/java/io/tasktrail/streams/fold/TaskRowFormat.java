package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.wire.BinaryCodec;
import java.util.Arrays;

/// A task in the state: two flags, then bare Avro of `TaskHistory`.
///
/// Version 1 had no flags, and told the table at once. Its schema lacked the last five fields of
/// today's; the default of each is one byte, 0.
final class TaskRowFormat extends RowFormat<TaskRow> {

  private static final int FLAGS_AT = 1;
  private static final int AVRO_AT = 2;
  private static final int ADDED_SINCE_1 = 5;
  private static final int LISTED = 1;
  private static final int TOLD = 2;

  private final BinaryCodec<TaskHistory> avro = BinaryCodec.taskHistories();

  /// Whether the table of tasks was told what is in a row.
  static boolean isTold(byte[] row) {
    return row[0] == 1 || (row[FLAGS_AT] & TOLD) != 0;
  }

  @Override
  byte[] write(TaskRow row) {
    int flags = (row.listed() ? LISTED : 0) | (row.told() ? TOLD : 0);
    return avro.encode(new byte[] {VERSION, (byte) flags}, row.task());
  }

  @Override
  TaskRow read(int version, byte[] bytes) {
    if (version == 1) {
      byte[] completed = Arrays.copyOf(bytes, bytes.length + ADDED_SINCE_1);
      return new TaskRow(avro.decode(completed, 1, completed.length - 1), true, true);
    }
    TaskHistory task = avro.decode(bytes, AVRO_AT, bytes.length - AVRO_AT);
    return new TaskRow(task, (bytes[FLAGS_AT] & LISTED) != 0, isTold(bytes));
  }
}
