package io.tasktrail.streams.fold;

import io.tasktrail.event.TaskKey;
import io.tasktrail.history.EndedTask;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/// A task in the queue of ended tasks.
final class EndedTaskFormat extends RowFormat<EndedTask> {

  @Override
  byte[] write(EndedTask ended) {
    return ByteBuffer.allocate(1 + Integer.BYTES + 2 * Long.BYTES)
        .put(VERSION)
        .putInt(ended.task().pid())
        .putLong(ended.task().startNanos())
        .putLong(ended.bootNanos())
        .array();
  }

  @Override
  EndedTask read(int version, Bytes key, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
    return new EndedTask(new TaskKey(in.getInt(), in.getLong()), in.getLong());
  }
}
