package io.tasktrail.streams.fold;

import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// One value of the state: what is stored, read at most once, and over it what the event at hand
/// makes of it. Nothing reaches the store before [#settle].
final class Cell<V> {

  private final Bytes key;
  private final KeyValueStore<Bytes, byte[]> store;
  private final RowFormat<V> format;
  private final Changes changes;
  private V kept;
  private boolean isRead;
  private V changed;
  private boolean isChanged;

  Cell(Bytes key, KeyValueStore<Bytes, byte[]> store, RowFormat<V> format, Changes changes) {
    this.key = key;
    this.store = store;
    this.format = format;
    this.changes = changes;
  }

  Optional<V> get() {
    return Optional.ofNullable(isChanged ? changed : stored());
  }

  V orElse(V other) {
    V value = isChanged ? changed : stored();
    return value == null ? other : value;
  }

  /// Null when nothing is stored.
  private V stored() {
    if (!isRead) {
      kept = format.decodeOrNull(key, store.get(key));
      isRead = true;
    }
    return kept;
  }

  void put(V value) {
    change(value);
  }

  void forget() {
    change(null);
  }

  private void change(V value) {
    if (!isChanged) {
      isChanged = true;
      changes.add(this);
    }
    changed = value;
  }

  /// Stores what the event made of it.
  void settle() {
    store.put(key, format.encodeOrNull(changed));
    kept = changed;
    isRead = true;
    drop();
  }

  /// Forgets what the event made of it.
  void drop() {
    changed = null;
    isChanged = false;
  }
}
