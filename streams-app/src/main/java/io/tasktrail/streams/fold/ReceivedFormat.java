package io.tasktrail.streams.fold;

import io.tasktrail.history.Received;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which numbers of a source have arrived: the mark, and each gap by its ends.
final class ReceivedFormat extends RowFormat<Received> {

  @Override
  void write(Received received, DataOutput out) throws IOException {
    out.writeLong(received.mark());
    out.writeInt(received.gaps().size());
    for (Received.Gap gap : received.gaps()) {
      out.writeLong(gap.first());
      out.writeLong(gap.last());
    }
  }

  @Override
  Received read(DataInputStream in) throws IOException {
    long mark = in.readLong();
    List<Received.Gap> gaps = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      gaps.add(new Received.Gap(in.readLong(), in.readLong()));
    }
    return new Received(mark, gaps);
  }
}
