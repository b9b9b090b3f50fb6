package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.tasktrail.agent.ring.Counter.LostByKind;
import io.tasktrail.event.Fact.LostOfKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a capture is, as one sees it who neither reads nor changes it.
///
/// @param dir where it is pinned
/// @param retired whether another one took over
/// @param done whether it was read to its end
/// @param usedBytes of the ring: written, and not yet given back
/// @param lost what a full ring did not take since it was armed
/// @param missed how often the kernel passed a program over; empty when that may not be known
/// @param reader the process that reads it now
/// @param open whether the programs write; empty when that may not be known
public record CaptureReport(
    Path dir,
    Meta meta,
    boolean retired,
    boolean done,
    long usedBytes,
    List<LostOfKind> lost,
    Optional<List<LostOfKind>> missed,
    Optional<String> reader,
    Optional<Boolean> open) {

  /// All captures that are pinned at a place, the oldest first; the last one runs.
  ///
  /// @throws CaptureException if nothing is armed there, or one may not be read, or is of another
  ///     version
  public static List<CaptureReport> at(Path place) {
    Generation each = Generation.running(place);
    while (each.previous().exists()) {
      each = each.previous();
    }
    List<CaptureReport> all = new ArrayList<>();
    for (Optional<Generation> at = Optional.of(each); at.isPresent(); at = at.get().next()) {
      all.add(of(at.get()));
    }
    return all;
  }

  private static CaptureReport of(Generation generation) {
    try (CapturePins pins = new CapturePins(generation.dir())) {
      Holder holder = pins.reader().holder();
      return new CaptureReport(
          generation.dir(),
          pins.meta(),
          pins.retiredNanos().isPresent(),
          generation.isDone(),
          pins.ring().producerPosition() - pins.ring().consumerPosition(),
          lost(pins),
          pins.programs().misses().map(LostByKind::listed),
          holder.isAlive() ? Optional.of(holder.toString()) : Optional.empty(),
          open(generation.dir()));
    }
  }

  private static List<LostOfKind> lost(CapturePins pins) {
    return pins.counters().stream()
        .map(Counter::lost)
        .reduce(LostByKind.NONE, LostByKind::plus)
        .listed();
  }

  /// Only root may look at it.
  private static Optional<Boolean> open(Path dir) {
    try (Arena arena = Arena.ofConfined()) {
      return Pin.openIfAllowed(new Libc(arena), dir.resolve("control"), Pin.Access.READ)
          .map(pin -> isOpen(pin, arena));
    }
  }

  private static boolean isOpen(Pin pin, Arena arena) {
    try (pin) {
      MemorySegment control = arena.allocate(RecordLayout.Control.END, Long.BYTES);
      pin.lookup(0, control);
      return control.get(JAVA_INT, RecordLayout.Control.OPEN) != 0;
    }
  }
}
