package io.tasktrail.streams.fold;

import io.tasktrail.history.Received;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/// Which numbers of a source have arrived: the mark, and each gap by its ends.
/// Version 1 said how many gaps before it said which.
final class ReceivedFormat extends RowFormat<Received> {

  @Override
  byte[] write(Received received) {
    ByteBuffer out =
        ByteBuffer.allocate(1 + Long.BYTES + 2 * Long.BYTES * received.gaps().size())
            .put(VERSION)
            .putLong(received.mark());
    for (Received.Gap gap : received.gaps()) {
      out.putLong(gap.first()).putLong(gap.last());
    }
    return out.array();
  }

  @Override
  Received read(int version, Bytes key, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
    long mark = in.getLong();
    if (version == 1) {
      in.getInt();
    }
    List<Received.Gap> gaps = new ArrayList<>(0);
    while (in.hasRemaining()) {
      gaps.add(new Received.Gap(in.getLong(), in.getLong()));
    }
    return new Received(mark, gaps);
  }
}
