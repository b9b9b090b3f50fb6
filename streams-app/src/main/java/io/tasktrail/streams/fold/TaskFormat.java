package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskHistory;
import io.tasktrail.wire.BinaryCodec;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;

/// A task with its whole history: bare Avro of `TaskHistory`.
///
/// Bare Avro can be read with the schema alone that wrote it: when the schema changes, this version
/// of the format keeps the old one.
final class TaskFormat extends RowFormat<TaskHistory> {

  private final BinaryCodec<TaskHistory> avro = BinaryCodec.taskHistories();

  @Override
  void write(TaskHistory task, DataOutput out) throws IOException {
    out.write(avro.encode(task));
  }

  @Override
  TaskHistory read(DataInputStream in) throws IOException {
    return avro.decode(in.readAllBytes());
  }
}
