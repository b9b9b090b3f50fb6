package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tasktrail.agent.ring.Counter.LostByKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// The pins of one capture, open: every file descriptor and every mapping of this room belongs to
/// an object of this class.
final class CapturePins implements AutoCloseable {

  private final Path dir;
  private final Arena arena = Arena.ofConfined();
  private final Libc libc = new Libc(arena);
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Pin metaPin;
  private final MemorySegment metaBytes;
  private final Meta meta;
  private final Pin counters;
  private final MemorySegment counterBytes;
  private final ReaderMemory reader;
  private final RingMemory ring;
  private final Programs programs;

  /// Opens the pins.
  ///
  /// @throws CaptureException if one cannot be opened, or is of another layout
  CapturePins(Path dir) {
    this.dir = dir;
    closing.push(arena::close);
    try {
      metaPin = open("meta", Pin.Access.READ);
      metaBytes = arena.allocate(RecordLayout.Meta.END, JAVA_LONG.byteAlignment());
      meta = Meta.parse(readMeta(), dir);
      int entries = meta.cpus() + Counter.CPU_OFFSET;
      counters = open("counters", Pin.Access.READ);
      counterBytes =
          arena.allocate((long) entries * RecordLayout.Counter.END, JAVA_LONG.byteAlignment());
      reader = new ReaderMemory(mapReader(entries));
      ring = mapRing();
      programs = Programs.open(libc, dir);
      closing.push(programs::close);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  Meta meta() {
    return meta;
  }

  ReaderMemory reader() {
    return reader;
  }

  RingMemory ring() {
    return ring;
  }

  Programs programs() {
    return programs;
  }

  Libc libc() {
    return libc;
  }

  /// One entry per cpu, as the kernel counts now.
  List<Counter> counters() {
    int entries = meta.cpus() + Counter.CPU_OFFSET;
    counters.lookupAll(entries, counterBytes);
    return IntStream.range(0, entries).mapToObj(this::counter).toList();
  }

  private Counter counter(int entry) {
    long at = (long) entry * RecordLayout.Counter.END;
    long[] lost = new long[LostByKind.KINDS];
    MemorySegment.copy(
        counterBytes, JAVA_LONG, at + RecordLayout.Counter.LOST, lost, 0, lost.length);
    return new Counter(
        entry - Counter.CPU_OFFSET, counterBytes.get(JAVA_LONG, at), new LostByKind(lost));
  }

  /// Reads the pinned iterator: the kernel side then writes what is alive into the ring.
  ///
  /// @return false if another reader is at it
  boolean snapshot() {
    Path path = dir.resolve("snapshot");
    int fd = libc.open(arena.allocateFrom(path.toString()));
    if (fd < 0) {
      throw Pin.cannotOpen(path, -fd);
    }
    try {
      long said = libc.read(fd, arena.allocate(16));
      if (said < 0) {
        throw new CaptureException(path + ": cannot read: " + Errno.text((int) -said));
      }
      return said == 0;
    } finally {
      libc.close(fd);
    }
  }

  /// The boot time at which the capture is retired; empty while it is not known to be.
  OptionalLong retiredNanos() {
    long nanos = Meta.retiredNanos(readMeta());
    // The kernel may copy a value while the loader writes it.
    for (long before = 0; nanos != before; ) {
      before = nanos;
      nanos = Meta.retiredNanos(readMeta());
    }
    return nanos == 0 ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  private byte[] readMeta() {
    metaPin.lookup(0, metaBytes);
    return metaBytes.toArray(JAVA_BYTE);
  }

  private MemorySegment mapReader(int entries) {
    return map(
        open("reader", Pin.Access.READ_AND_WRITE),
        (long) entries * RecordLayout.Reader.END,
        Libc.PROT_READ | Libc.PROT_WRITE,
        0);
  }

  private RingMemory mapRing() {
    int page = libc.pageSize();
    Pin pin = open("ring", Pin.Access.READ_AND_WRITE);
    return new RingMemory(
        map(pin, page, Libc.PROT_READ | Libc.PROT_WRITE, 0),
        map(pin, page + 2 * meta.ringBytes(), Libc.PROT_READ, page),
        page);
  }

  private Pin open(String name, Pin.Access access) {
    Pin pin = Pin.open(libc, dir.resolve(name), access);
    closing.push(pin::close);
    return pin;
  }

  private MemorySegment map(Pin pin, long size, int protection, long offset) {
    MemorySegment memory = pin.map(size, protection, offset);
    closing.push(() -> libc.munmap(memory));
    return memory;
  }

  /// Unmaps and closes everything, in reverse. The memory must not be touched afterwards.
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
