package io.tasktrail.streams.fold;

import io.tasktrail.event.BootId;
import io.tasktrail.history.Boots;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The boots of a host.
final class BootsFormat extends DataFormat<Boots> {

  @Override
  void write(Boots boots, DataOutput out) throws IOException {
    out.writeInt(boots.known().size());
    for (Boots.Boot boot : boots.known()) {
      write(boot.id().value(), out);
      out.writeLong(boot.wallNanos());
      out.writeLong(boot.lastNanos());
      out.writeLong(boot.silenceNanos());
      out.writeBoolean(boot.shared());
    }
    out.writeInt(boots.ended().size());
    for (BootId ended : boots.ended()) {
      write(ended.value(), out);
    }
  }

  @Override
  Boots read(int version, DataInputStream in) throws IOException {
    List<Boots.Boot> boots = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      boots.add(
          new Boots.Boot(
              new BootId(readUuid(in)),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readBoolean()));
    }
    List<BootId> ended = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ended.add(new BootId(readUuid(in)));
    }
    return new Boots(boots, ended);
  }
}
