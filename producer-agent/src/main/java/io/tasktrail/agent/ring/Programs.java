package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.Counter.LostByKind;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The pinned programs of a capture, where they may be looked at: whoever may, may also attach them
/// a second time, so that only root may unless the loader was told otherwise.
final class Programs {

  private final Map<RecordKind, Pin> pins;

  private Programs(Map<RecordKind, Pin> pins) {
    this.pins = pins;
  }

  /// Opens those that are there and may be opened.
  static Programs open(Libc libc, Path dir) {
    Map<RecordKind, Pin> pins = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : RecordKind.values()) {
      program(kind)
          .flatMap(name -> Pin.openIfAllowed(libc, dir.resolve(name), Pin.Access.READ))
          .ifPresent(pin -> pins.put(kind, pin));
    }
    return new Programs(pins);
  }

  /// The program that writes a kind, under the name of its pin. Iterators are never passed over.
  private static Optional<String> program(RecordKind kind) {
    return switch (kind) {
      case FORK -> Optional.of("prog_fork");
      case EXEC -> Optional.of("prog_exec");
      case EXIT -> Optional.of("prog_exit");
      case SIGNAL -> Optional.of("prog_signal");
      case MODULE_LOAD -> Optional.of("prog_module_load");
      case MODULE_FREE -> Optional.of("prog_module_free");
      case SNAPSHOT_STARTED, TASK_SEEN, SNAPSHOT_FINISHED -> Optional.empty();
    };
  }

  /// How often the kernel passed each over, since it was loaded; empty when that may not be known.
  Optional<LostByKind> misses() {
    if (pins.isEmpty()) {
      return Optional.empty();
    }
    long[] counts = new long[LostByKind.KINDS];
    pins.forEach((kind, pin) -> counts[kind.number()] = pin.recursionMisses());
    return Optional.of(new LostByKind(counts));
  }

  void close() {
    pins.values().forEach(Pin::close);
  }
}
