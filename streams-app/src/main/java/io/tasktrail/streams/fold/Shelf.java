package io.tasktrail.streams.fold;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// Values of one kind within a store. Those used lately stay decoded, and those that were not
/// written yet.
///
/// @param <K> what a value is found by
/// @param <V> what is kept
final class Shelf<K, V> {

  private static final float USUAL_LOAD = 0.75f;
  private static final boolean BY_USE = true;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Function<K, Bytes> keys;
  private final RowFormat<V> format;
  private final Changes changes;
  private final int most;
  private final Map<K, Cell<V>> cells = new LinkedHashMap<>(16, USUAL_LOAD, BY_USE);

  /// What was asked for last: it is put or forgotten next, most often. Null at first.
  private K lastKey;

  private Cell<V> last;

  /// @param most how many stay decoded once all is written
  Shelf(
      KeyValueStore<Bytes, byte[]> store,
      Function<K, Bytes> keys,
      RowFormat<V> format,
      Changes changes,
      int most) {
    this.store = store;
    this.keys = keys;
    this.format = format;
    this.changes = changes;
    this.most = most;
  }

  Cell<V> at(K key) {
    if (!key.equals(lastKey)) {
      last = cells.computeIfAbsent(key, _ -> cell(keys.apply(key)));
      lastKey = key;
    }
    return last;
  }

  /// A value that is asked for often enough to be kept by who asks.
  Cell<V> cell(Bytes key) {
    return new Cell<>(key, store, format, changes);
  }

  /// The value of bytes that were read in another way.
  V decode(Bytes key, byte[] bytes) {
    return format.decodeOrNull(key, bytes);
  }

  /// How many are decoded.
  int size() {
    return cells.size();
  }

  /// Lets go of those that were not used for longest. Only between two events, once all is written:
  /// what is not must be found again.
  void trim() {
    if (cells.size() > most) {
      letGoOfLast();
      Iterator<Cell<V>> oldest = cells.values().iterator();
      while (cells.size() > most) {
        oldest.next();
        oldest.remove();
      }
    }
  }

  /// Lets go of all.
  void clear() {
    letGoOfLast();
    cells.clear();
  }

  private void letGoOfLast() {
    lastKey = null;
    last = null;
  }
}
