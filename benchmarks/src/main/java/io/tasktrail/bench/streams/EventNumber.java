package io.tasktrail.bench.streams;

import io.tasktrail.event.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// What tells an event from others of a benchmark, before and after it was enriched.
record EventNumber(UUID host, long sequence) {

  private static final int SCHEMA_BYTES = 5;
  private static final int UUID_BYTES = 16;

  static EventNumber of(Header header) {
    return new EventNumber(header.host().value(), header.sequence());
  }

  /// Of a TaskEvent or of an AuditEvent, in the wire format: both begin with the fields of the
  /// header, in the order of the contract.
  static EventNumber in(byte[] value) {
    try {
      BinaryDecoder header =
          DecoderFactory.get()
              .binaryDecoder(value, SCHEMA_BYTES, value.length - SCHEMA_BYTES, null);
      byte[] host = new byte[UUID_BYTES];
      header.readFixed(host);
      header.skipString();
      header.skipFixed(2 * UUID_BYTES);
      header.readInt();
      ByteBuffer bytes = ByteBuffer.wrap(host);
      return new EventNumber(new UUID(bytes.getLong(), bytes.getLong()), header.readLong());
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
