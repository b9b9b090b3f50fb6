package io.tasktrail.agent.ring;

import io.tasktrail.agent.ring.Counter.LostByKind;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pinned programs of a capture, where they may be looked at: whoever may, may also attach them
/// a second time, so that only root may unless the loader was told otherwise.
final class Programs {

  private final Map<RecordKind, List<Pin>> pins;

  private Programs(Map<RecordKind, List<Pin>> pins) {
    this.pins = pins;
  }

  /// Opens those that are there and may be opened.
  static Programs open(Libc libc, Path dir) {
    Map<RecordKind, List<Pin>> pins = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : RecordKind.values()) {
      List<Pin> opened =
          programs(kind).stream()
              .flatMap(name -> Pin.openIfAllowed(libc, dir.resolve(name), Pin.Access.READ).stream())
              .toList();
      if (!opened.isEmpty()) {
        pins.put(kind, opened);
      }
    }
    return new Programs(pins);
  }

  /// The programs that write a kind, under the names of their pins. Iterators are never passed
  /// over.
  private static List<String> programs(RecordKind kind) {
    return switch (kind) {
      case FORK -> List.of("prog_fork");
      case EXEC -> List.of("prog_exec");
      case EXIT -> List.of("prog_exit");
      case SIGNAL -> List.of("prog_signal");
      case MODULE_LOAD -> List.of("prog_module_load");
      case MODULE_FREE -> List.of("prog_module_free");
      case MODULE_LOAD_FAILED -> List.of("prog_module_init", "prog_module_finit");
      case MODULE_REQUESTED -> List.of("prog_module_request");
      case SNAPSHOT_STARTED, TASK_SEEN, SNAPSHOT_FINISHED -> List.of();
    };
  }

  /// How often the kernel passed each over, since it was loaded; empty when that may not be known.
  Optional<LostByKind> misses() {
    if (pins.isEmpty()) {
      return Optional.empty();
    }
    long[] counts = new long[LostByKind.KINDS];
    pins.forEach(
        (kind, each) ->
            counts[kind.number()] = each.stream().mapToLong(Pin::recursionMisses).sum());
    return Optional.of(new LostByKind(counts));
  }

  void close() {
    pins.values().forEach(each -> each.forEach(Pin::close));
  }
}
