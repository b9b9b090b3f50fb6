package io.tasktrail.streams.fold;

import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// One value of the state: what is stored, read at most once; over it what the events since made of
/// it, and over that what the event at hand does. Nothing reaches the store before [#write].
final class Cell<V> {

  /// What is known of the store.
  private enum Stored {
    UNKNOWN,
    NOTHING,
    SOMETHING
  }

  private final Bytes key;
  private final KeyValueStore<Bytes, byte[]> store;
  private final RowFormat<V> format;
  private final Changes changes;
  private Stored stored = Stored.UNKNOWN;
  private V settled;
  private boolean isUnwritten;
  private V changed;
  private boolean isChanged;

  Cell(Bytes key, KeyValueStore<Bytes, byte[]> store, RowFormat<V> format, Changes changes) {
    this.key = key;
    this.store = store;
    this.format = format;
    this.changes = changes;
  }

  Optional<V> get() {
    return Optional.ofNullable(orElse(null));
  }

  V orElse(V other) {
    V value = isChanged ? changed : settled();
    return value == null ? other : value;
  }

  /// Null when there is none.
  private V settled() {
    if (stored == Stored.UNKNOWN && !isUnwritten) {
      settled = format.decodeOrNull(key, read());
    }
    return settled;
  }

  private byte[] read() {
    byte[] row = store.get(key);
    stored = row == null ? Stored.NOTHING : Stored.SOMETHING;
    return row;
  }

  void put(V value) {
    change(value);
  }

  /// Puts the first value: nothing is stored, and need not be looked for.
  void putFirst(V value) {
    if (stored == Stored.UNKNOWN) {
      stored = Stored.NOTHING;
    }
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

  /// Keeps what the event made of it.
  ///
  /// @return whether it is to be written, and was not before
  boolean settle() {
    settled = changed;
    drop();
    boolean isNews = !isUnwritten;
    isUnwritten = true;
    return isNews;
  }

  /// Forgets what the event made of it.
  void drop() {
    changed = null;
    isChanged = false;
  }

  /// Stores what is settled. What never was in the store need not be forgotten there.
  void write() {
    isUnwritten = false;
    if (settled != null) {
      store.put(key, format.encodeOrNull(settled));
      stored = Stored.SOMETHING;
    } else if (isStored()) {
      store.delete(key);
      stored = Stored.NOTHING;
    }
  }

  private boolean isStored() {
    if (stored == Stored.UNKNOWN) {
      read();
    }
    return stored == Stored.SOMETHING;
  }
}
