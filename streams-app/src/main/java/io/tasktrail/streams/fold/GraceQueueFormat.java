package io.tasktrail.streams.fold;

import io.tasktrail.history.GraceQueue;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;

/// The ends of the queue of ended tasks.
final class GraceQueueFormat extends RowFormat<GraceQueue> {

  @Override
  void write(GraceQueue queue, DataOutput out) throws IOException {
    out.writeLong(queue.first());
    out.writeLong(queue.next());
  }

  @Override
  GraceQueue read(DataInputStream in) throws IOException {
    return new GraceQueue(in.readLong(), in.readLong());
  }
}
