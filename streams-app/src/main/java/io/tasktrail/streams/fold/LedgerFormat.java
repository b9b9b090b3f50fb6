package io.tasktrail.streams.fold;

import io.tasktrail.event.CaptureId;
import io.tasktrail.history.Bites;
import io.tasktrail.history.Bound;
import io.tasktrail.history.Ledger;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The captures and losses of one boot of a host. Version 1 knew no snapshots and nothing of what
/// may come late, and counted the bites of five bounds.
final class LedgerFormat extends DataFormat<Ledger> {

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
    out.writeLong(ledger.unsettledUntilNanos());
    out.writeLong(ledger.uncorrectableNanos());
    out.writeBoolean(ledger.sweep().isPresent());
    if (ledger.sweep().isPresent()) {
      out.writeLong(ledger.sweep().get().startedNanos());
      out.writeLong(ledger.sweep().get().finishedNanos());
    }
  }

  private static void write(Ledger.Capture capture, DataOutput out) throws IOException {
    write(capture.id().value(), out);
    out.writeLong(capture.armedNanos());
    out.writeInt(capture.cpus().size());
    for (int cpu : capture.cpus()) {
      out.writeInt(cpu);
    }
    out.writeBoolean(capture.snapshot().isPresent());
    if (capture.snapshot().isPresent()) {
      out.writeLong(capture.snapshot().get().startedNanos());
      out.writeLong(capture.snapshot().get().seen());
    }
  }

  /// By their names: the bounds of another version are others.
  private static void write(Bites bites, DataOutput out) throws IOException {
    out.writeInt(bites.counts().size());
    for (Map.Entry<Bound, Long> count : bites.counts().entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
  }

  @Override
  Ledger read(int version, DataInputStream in) throws IOException {
    List<Ledger.Capture> captures = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      captures.add(readCapture(version, in));
    }
    List<Ledger.Loss> losses = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      losses.add(new Ledger.Loss(readUuid(in), in.readLong(), in.readLong()));
    }
    if (version == 1) {
      return new Ledger(captures, losses, readBitesOfVersion1(in), 0, 0, Optional.empty());
    }
    return new Ledger(
        captures,
        losses,
        readBites(in),
        in.readLong(),
        in.readLong(),
        in.readBoolean()
            ? Optional.of(new Ledger.Sweep(in.readLong(), in.readLong()))
            : Optional.empty());
  }

  private static Ledger.Capture readCapture(int version, DataInputStream in) throws IOException {
    CaptureId id = new CaptureId(readUuid(in));
    long armedNanos = in.readLong();
    List<Integer> cpus = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      cpus.add(in.readInt());
    }
    return new Ledger.Capture(
        id,
        armedNanos,
        cpus,
        version > 1 && in.readBoolean()
            ? Optional.of(new Ledger.Snapshot(in.readLong(), in.readLong()))
            : Optional.empty());
  }

  private static Bites readBitesOfVersion1(DataInputStream in) throws IOException {
    Map<Bound, Long> counts = new EnumMap<>(Bound.class);
    for (Bound bound :
        List.of(Bound.ENDED_TASKS, Bound.GAPS, Bound.LOSSES, Bound.CAPTURES, Bound.SOURCES)) {
      counts.put(bound, in.readLong());
    }
    return new Bites(counts);
  }

  /// What was counted of a bound that is no more is forgotten.
  private static Bites readBites(DataInputStream in) throws IOException {
    Map<Bound, Long> counts = new EnumMap<>(Bound.class);
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      long count = in.readLong();
      for (Bound bound : Bound.values()) {
        if (bound.name().equals(name)) {
          counts.put(bound, count);
        }
      }
    }
    return new Bites(counts);
  }
}
