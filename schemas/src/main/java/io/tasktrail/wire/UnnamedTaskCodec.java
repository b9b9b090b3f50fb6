package io.tasktrail.wire;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.event.TaskId;

/// `TaskHistory` as bare Avro binary of today's contract, for those who keep a task under its id:
/// without its first fields, which are the id, and without the root of its history, which is always
/// the same. Not for use by several threads at once.
public final class UnnamedTaskCodec {

  private final AvroOutput out = new AvroOutput();
  private final AvroInput in = new AvroInput();

  /// The task after some bytes of the caller's, such as the version of a row.
  ///
  /// @param length how many of them
  public byte[] encode(byte[] prefix, int length, TaskHistory task) {
    out.clear();
    out.raw(prefix, 0, length);
    TaskHistoryForm.writeUnnamed(task, out);
    return out.toBytes();
  }

  /// The task of a part of an array.
  ///
  /// @throws java.io.UncheckedIOException if it is not what [#encode] made
  /// @throws IndexOutOfBoundsException if the part is not within the array
  public TaskHistory decode(TaskId id, byte[] bytes, int offset, int length) {
    in.open(bytes, offset, length);
    return readUnnamed(id);
  }

  /// The same of one that was made when the contract had no command lines of tasks.
  public TaskHistory decodeWithoutCommandLines(TaskId id, byte[] bytes, int offset, int length) {
    in.openWithoutCommandLines(bytes, offset, length);
    return readUnnamed(id);
  }

  private TaskHistory readUnnamed(TaskId id) {
    TaskHistory task = TaskHistoryForm.readUnnamed(id, in);
    in.close();
    return task;
  }

  /// The same of one of before that, whose history has its root.
  public TaskHistory decodeRooted(TaskId id, byte[] bytes, int offset, int length) {
    in.openWithoutCommandLines(bytes, offset, length);
    TaskHistory task = TaskHistoryForm.readRooted(id, in);
    in.close();
    return task;
  }
}
