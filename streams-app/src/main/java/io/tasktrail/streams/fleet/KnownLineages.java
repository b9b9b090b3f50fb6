package io.tasktrail.streams.fleet;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The lineages that hosts of the fleet executed, by fingerprint, within the store of a partition.
/// Bounded: over it, those that were added first are forgotten.
final class KnownLineages {

  /// At least 2, so that a bound that was lowered is reached by and by.
  private static final int FORGOTTEN_AT_ONCE = 2;

  private static final byte[] PRESENT = {Arrivals.VERSION};

  private final KeyValueStore<Bytes, byte[]> store;
  private final int most;
  private final Arrivals arrivals;

  /// @param most how many are remembered
  KnownLineages(KeyValueStore<Bytes, byte[]> store, int most) {
    this.store = store;
    this.most = most;
    arrivals = new Arrivals(store);
  }

  boolean contains(UUID fingerprint) {
    return store.get(key(fingerprint)) != null;
  }

  /// Remembers one that is not.
  void add(UUID fingerprint) {
    store.put(key(fingerprint), PRESENT);
    arrivals.add(fingerprint);
    arrivals.release(
        FORGOTTEN_AT_ONCE, _ -> arrivals.ends().size() > most, oldest -> store.delete(key(oldest)));
  }

  /// How many were forgotten, ever.
  long forgotten() {
    return arrivals.ends().first();
  }

  private static Bytes key(UUID fingerprint) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + 2 * Long.BYTES)
            .put(Arrivals.LINEAGE)
            .putLong(fingerprint.getMostSignificantBits())
            .putLong(fingerprint.getLeastSignificantBits())
            .array());
  }
}
