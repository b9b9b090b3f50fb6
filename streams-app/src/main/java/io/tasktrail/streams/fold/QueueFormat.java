package io.tasktrail.streams.fold;

import io.tasktrail.history.Queue;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/// The ends of a queue.
final class QueueFormat extends RowFormat<Queue> {

  @Override
  byte[] write(Queue queue) {
    return ByteBuffer.allocate(1 + 2 * Long.BYTES)
        .put(VERSION)
        .putLong(queue.first())
        .putLong(queue.next())
        .array();
  }

  @Override
  Queue read(int version, Bytes key, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
    return new Queue(in.getLong(), in.getLong());
  }
}
