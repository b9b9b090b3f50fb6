package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One of the captures that were armed at a place: `PLACE_gN`; the place itself is a link to the
/// one that runs. All but that one are retired, and stay until they are read to their end.
///
/// @param place where captures are pinned, as `/sys/fs/bpf/tasktrail`
/// @param number 1, 2, 3, …
record Generation(Path place, int number) {

  private static final int AGENT_ENTRY = -1 + Counter.CPU_OFFSET;

  /// The oldest that is not read to its end: where to begin.
  ///
  /// @throws CaptureException if nothing is armed at the place, or it may not be read
  static Generation toReadFirst(Path place) {
    Generation first = running(place);
    while (first.previous().exists() && !first.previous().isDone()) {
      first = first.previous();
    }
    // A loader that was killed may have left the link at a retired one.
    while (first.isDone() && first.next().isPresent()) {
      first = first.next().orElseThrow();
    }
    return first;
  }

  /// The one that the link at the place leads to.
  ///
  /// @throws CaptureException if nothing is armed at the place, or it may not be read
  static Generation running(Path place) {
    byte[] meta = lookup(place, "meta", Pin.Access.READ, 0, RecordLayout.Meta.END);
    return new Generation(place, Meta.generation(meta));
  }

  Path dir() {
    return place.resolveSibling(place.getFileName() + "_g" + number);
  }

  /// The one that replaced it, if one did.
  Optional<Generation> next() {
    return Optional.of(new Generation(place, number + 1)).filter(Generation::exists);
  }

  Generation previous() {
    return new Generation(place, number - 1);
  }

  boolean exists() {
    return number > 0 && Files.isDirectory(dir());
  }

  boolean isDone() {
    try {
      byte[] reader =
          lookup(dir(), "reader", Pin.Access.READ_AND_WRITE, AGENT_ENTRY, RecordLayout.Reader.END);
      return MemorySegment.ofArray(reader)
              .get(JAVA_LONG.withByteAlignment(1), RecordLayout.Reader.DONE)
          != 0;
    } catch (CaptureException unreadable) {
      if (exists()) {
        throw unreadable;
      }
      return true;
    }
  }

  private static byte[] lookup(Path dir, String map, Pin.Access access, int key, int size) {
    try (Arena arena = Arena.ofConfined();
        Pin pin = Pin.open(new Libc(arena), dir.resolve(map), access)) {
      MemorySegment value = arena.allocate(size, JAVA_LONG.byteAlignment());
      pin.lookup(key, value);
      return value.toArray(JAVA_BYTE);
    }
  }
}
