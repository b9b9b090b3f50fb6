package io.tasktrail.replay;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.SignalOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/// A host whose life is written down: one event a second from 2026-11-20T00:00:01Z on, by one cpu
/// unless it is said otherwise.
final class Captured {

  private static final long MIDNIGHT_NANOS = 1_795_132_800_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final Credentials ROOT =
      new Credentials(0, 0, 0, 0, Credentials.UNSET, Credentials.UNSET);

  private final String hostName;
  private final UUID id;
  private final List<TaskEvent> events = new ArrayList<>();
  private int cpu;
  private long number = 1;
  private long now = 1;

  Captured(String hostName) {
    this.hostName = hostName;
    this.id = new UUID(hostName.hashCode(), 1);
  }

  HostId host() {
    return new HostId(id);
  }

  Captured fork(int creator, int child, long execCount, String comm) {
    return add(new Fact.Forked(actor(creator, execCount, comm), key(child), key(creator), 17, 1));
  }

  Captured exec(int pid, long execCount, String comm) {
    return add(
        new Fact.Executed(
            actor(pid, execCount, comm),
            key(1),
            pid,
            new Image(
                ByteText.of(comm), ByteText.EMPTY, ByteText.of("/bin/" + comm), 1, 2, false, false),
            new Arguments(List.of(ByteText.of(comm)), 1, comm.length() + 1L, false),
            new Place(ByteText.of("/"), "", new Place.Namespaces(1, 2, 3, 4), 1)));
  }

  Captured exit(int pid, long execCount, String comm) {
    return add(
        new Fact.Exited(
            actor(pid, execCount, comm),
            key(1),
            OptionalInt.of(0),
            OptionalInt.empty(),
            false,
            false,
            1,
            0,
            0));
  }

  Captured signal(int pid, long execCount, String comm, int target) {
    return add(
        new Fact.Signalled(actor(pid, execCount, comm), key(target), 9, 0, SignalOrigin.TASK));
  }

  Captured killed(int pid, long execCount, String comm) {
    return add(
        new Fact.Exited(
            actor(pid, execCount, comm),
            key(1),
            OptionalInt.empty(),
            OptionalInt.of(9),
            false,
            false,
            1,
            0,
            0));
  }

  /// What follows is numbered so, and happened in this second; after that the next number of the
  /// same cpu in the next second.
  Captured from(int cpuNumber, long sequence, long second) {
    cpu = cpuNumber;
    number = sequence;
    now = second;
    return this;
  }

  List<TaskEvent> events() {
    return events;
  }

  /// All events, and those of others behind them.
  Path in(Path file, Captured... others) throws IOException {
    try (CaptureFile.Writer writer = CaptureFile.create(file)) {
      append(writer, this);
      for (Captured other : others) {
        append(writer, other);
      }
      writer.sync();
    }
    return file;
  }

  private static void append(CaptureFile.Writer writer, Captured captured) throws IOException {
    for (TaskEvent event : captured.events) {
      writer.append(event);
    }
  }

  private Captured add(Fact fact) {
    events.add(
        new TaskEvent(
            new Header(
                host(),
                hostName,
                new BootId(id),
                new CaptureId(id),
                cpu,
                number++,
                now++ * SECOND,
                MIDNIGHT_NANOS),
            fact));
    return this;
  }

  private static Actor actor(int pid, long execCount, String comm) {
    return new Actor(key(pid), execCount, ByteText.of(comm), ROOT);
  }

  private static TaskKey key(int pid) {
    return pid == 0 ? TaskKey.ROOT : new TaskKey(pid, pid);
  }
}
