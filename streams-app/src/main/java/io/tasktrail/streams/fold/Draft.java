package io.tasktrail.streams.fold;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A part of the state as one event sees it: what is stored, and over it what this event changes.
/// Nothing reaches the store before [#settle].
///
/// @param <K> what a value is found by
/// @param <V> what is kept
final class Draft<K, V> {

  private final Function<K, V> read;
  private final BiConsumer<K, V> write;
  private final Map<K, Optional<V>> changes = new LinkedHashMap<>();

  /// @param read says null where nothing is stored
  /// @param write is given null in place of what is forgotten
  Draft(Function<K, V> read, BiConsumer<K, V> write) {
    this.read = read;
    this.write = write;
  }

  Optional<V> get(K key) {
    Optional<V> changed = changes.get(key);
    return changed == null ? Optional.ofNullable(read.apply(key)) : changed;
  }

  void put(K key, V value) {
    changes.put(key, Optional.of(value));
  }

  void forget(K key) {
    changes.put(key, Optional.empty());
  }

  /// Writes each change once, in the order in which the event first touched the keys.
  void settle() {
    changes.forEach((key, value) -> write.accept(key, value.orElse(null)));
    changes.clear();
  }
}
