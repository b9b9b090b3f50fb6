package io.tasktrail.streams.fold;

import io.tasktrail.history.HostState.Sightings;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/// When a lineage was executed.
final class SightingsFormat extends RowFormat<Sightings> {

  @Override
  byte[] write(Sightings seen) {
    return ByteBuffer.allocate(1 + 3 * Long.BYTES)
        .put(VERSION)
        .putLong(seen.firstNanos())
        .putLong(seen.lastNanos())
        .putLong(seen.hours())
        .array();
  }

  @Override
  Sightings read(int version, Bytes key, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
    return new Sightings(in.getLong(), in.getLong(), in.getLong());
  }
}
