package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.wire.BinaryCodec;
import io.tasktrail.wire.UnnamedTaskCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/// A task in the state: two offsets, the second as what it is more than the first, each of as many
/// bytes as the byte before it says; then bare Avro of `TaskHistory`, without what the key says and
/// without the root of the history.
///
/// Version 4 lacked the command line of who sent a signal, version 3 had the root, version 2 what
/// the key says too. Version 1 had no offsets either, and told the table at once; its schema lacked
/// the last five fields of today's, the default of each is one byte, 0.
final class TaskRowFormat extends RowFormat<TaskRow> {

  private static final int ADDED_SINCE_1 = 5;
  private static final long BEFORE_ALL = -1;

  private final BinaryCodec<TaskHistory> whole = BinaryCodec.taskHistories();
  private final UnnamedTaskCodec unnamed = new UnnamedTaskCodec();

  /// The offset of the record that last changed it.
  static long changed(byte[] row) {
    if (row[0] == 1) {
      return BEFORE_ALL;
    }
    ByteBuffer in = ByteBuffer.wrap(row).position(1);
    return number(in) + number(in);
  }

  @Override
  byte[] write(TaskRow row) {
    ByteBuffer prefix = ByteBuffer.allocate(1 + 2 * (1 + Long.BYTES)).put(VERSION);
    put(prefix, row.born());
    put(prefix, row.changed() - row.born());
    return unnamed.encode(prefix.array(), prefix.position(), row.task());
  }

  private static void put(ByteBuffer out, long number) {
    int bytes = (Long.SIZE - Long.numberOfLeadingZeros(number) + Byte.SIZE - 1) / Byte.SIZE;
    out.put((byte) bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.put((byte) (number >>> (i * Byte.SIZE)));
    }
  }

  @Override
  TaskRow read(int version, Bytes key, byte[] bytes) {
    if (version == 1) {
      byte[] completed = Arrays.copyOf(bytes, bytes.length + ADDED_SINCE_1);
      TaskHistory task = whole.decode(completed, 1, completed.length - 1);
      return new TaskRow(task, BEFORE_ALL, BEFORE_ALL);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
    long born = number(in);
    long changed = born + number(in);
    return new TaskRow(task(version, key, bytes, in.position()), born, changed);
  }

  private TaskHistory task(int version, Bytes key, byte[] bytes, int at) {
    int length = bytes.length - at;
    return switch (version) {
      case 2 -> whole.decodeWithoutCommandLines(bytes, at, length);
      case 3 -> unnamed.decodeRooted(StateKeys.readTask(key), bytes, at, length);
      case 4 -> unnamed.decodeWithoutCommandLines(StateKeys.readTask(key), bytes, at, length);
      default -> unnamed.decode(StateKeys.readTask(key), bytes, at, length);
    };
  }

  private static long number(ByteBuffer in) {
    long number = 0;
    for (int left = in.get(); left > 0; left--) {
      number = number << Byte.SIZE | (in.get() & 0xFF);
    }
    return number;
  }
}
