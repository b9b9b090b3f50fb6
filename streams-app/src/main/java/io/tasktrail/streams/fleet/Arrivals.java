package io.tasktrail.streams.fleet;

import io.tasktrail.history.Lineup;
import io.tasktrail.history.Queue;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// In which order lineages became known, within the store of a partition. The first byte of a key
/// tells what it is of, that of a value its format.
final class Arrivals implements Lineup<UUID> {

  static final byte VERSION = 1;
  static final byte LINEAGE = 1;

  private static final byte ARRIVAL = 2;
  private static final byte ENDS = 3;
  private static final Bytes KEY_OF_ENDS = Bytes.wrap(new byte[] {ENDS});

  private final KeyValueStore<Bytes, byte[]> store;

  Arrivals(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public Queue ends() {
    byte[] stored = store.get(KEY_OF_ENDS);
    if (stored == null) {
      return Queue.EMPTY;
    }
    ByteBuffer in = opened(stored);
    return new Queue(in.getLong(), in.getLong());
  }

  @Override
  public void put(Queue ends) {
    store.put(KEY_OF_ENDS, pair(ends.first(), ends.next()));
  }

  @Override
  public Optional<UUID> at(long serial) {
    return Optional.ofNullable(store.get(key(serial)))
        .map(Arrivals::opened)
        .map(in -> new UUID(in.getLong(), in.getLong()));
  }

  @Override
  public void put(long serial, UUID fingerprint) {
    store.put(
        key(serial),
        pair(fingerprint.getMostSignificantBits(), fingerprint.getLeastSignificantBits()));
  }

  @Override
  public void forget(long serial) {
    store.delete(key(serial));
  }

  private static Bytes key(long serial) {
    return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES).put(ARRIVAL).putLong(serial).array());
  }

  private static byte[] pair(long first, long second) {
    return ByteBuffer.allocate(1 + 2 * Long.BYTES)
        .put(VERSION)
        .putLong(first)
        .putLong(second)
        .array();
  }

  private static ByteBuffer opened(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    byte version = in.get();
    if (version != VERSION) {
      throw new SerializationException(
          "state of format %d, this version reads %d: a newer tasktrail wrote it; run that one"
              .formatted(version, VERSION));
    }
    return in;
  }
}
