package io.tasktrail.streams.fold;

import io.tasktrail.event.CaptureId;
import io.tasktrail.history.Ledger;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The captures and losses of one boot of a host.
final class LedgerFormat extends RowFormat<Ledger> {

  @Override
  void write(Ledger ledger, DataOutput out) throws IOException {
    out.writeInt(ledger.captures().size());
    for (Ledger.Capture capture : ledger.captures()) {
      write(capture, out);
    }
    out.writeInt(ledger.losses().size());
    for (Ledger.Loss loss : ledger.losses()) {
      write(loss.id(), out);
      out.writeLong(loss.fromNanos());
      out.writeLong(loss.toNanos());
    }
    write(ledger.bites(), out);
  }

  private static void write(Ledger.Capture capture, DataOutput out) throws IOException {
    write(capture.id().value(), out);
    out.writeLong(capture.armedNanos());
    out.writeInt(capture.cpus().size());
    for (int cpu : capture.cpus()) {
      out.writeInt(cpu);
    }
  }

  private static void write(Ledger.Bites bites, DataOutput out) throws IOException {
    out.writeLong(bites.endedEarly());
    out.writeLong(bites.gapsForgotten());
    out.writeLong(bites.lossesForgotten());
    out.writeLong(bites.capturesForgotten());
    out.writeLong(bites.unchecked());
  }

  private static void write(UUID uuid, DataOutput out) throws IOException {
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  @Override
  Ledger read(DataInputStream in) throws IOException {
    List<Ledger.Capture> captures = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      captures.add(readCapture(in));
    }
    List<Ledger.Loss> losses = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      losses.add(new Ledger.Loss(readUuid(in), in.readLong(), in.readLong()));
    }
    return new Ledger(captures, losses, readBites(in));
  }

  private static Ledger.Capture readCapture(DataInputStream in) throws IOException {
    CaptureId id = new CaptureId(readUuid(in));
    long armedNanos = in.readLong();
    List<Integer> cpus = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      cpus.add(in.readInt());
    }
    return new Ledger.Capture(id, armedNanos, cpus);
  }

  private static Ledger.Bites readBites(DataInputStream in) throws IOException {
    return new Ledger.Bites(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static UUID readUuid(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
