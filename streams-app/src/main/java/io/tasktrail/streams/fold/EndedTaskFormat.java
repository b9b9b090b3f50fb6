package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskKey;
import io.tasktrail.history.EndedTask;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;

/// A task in the queue of ended tasks.
final class EndedTaskFormat extends RowFormat<EndedTask> {

  @Override
  void write(EndedTask ended, DataOutput out) throws IOException {
    out.writeInt(ended.task().pid());
    out.writeLong(ended.task().startNanos());
    out.writeLong(ended.bootNanos());
  }

  @Override
  EndedTask read(DataInputStream in) throws IOException {
    return new EndedTask(new TaskKey(in.readInt(), in.readLong()), in.readLong());
  }
}
