package io.tasktrail.streams.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.Lineage;
import io.tasktrail.streams.letters.Fault;
import io.tasktrail.wire.Topics;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;

/// A row of the table of lineages as it is found there: under `HOST-ID/FINGERPRINT`.
final class LineageRow {

  private static final byte[] NO_FINGERPRINT = {};

  private LineageRow() {}

  /// The part of a row's key that is the same on every host; nothing where there is none.
  static byte[] fingerprint(byte[] key) {
    int end = key == null ? 0 : key.length;
    for (int at = 0; at < end; at++) {
      if (key[at] == '/') {
        return Arrays.copyOfRange(key, at + 1, end);
      }
    }
    return NO_FINGERPRINT;
  }

  /// What a row says.
  ///
  /// @param fingerprint the part of its key
  /// @return empty where it is none that the fold wrote: not in a schema of ours, or under another
  ///     key, so that it is not with the others of its fingerprint
  static Optional<Lineage> read(
      byte[] fingerprint, byte[] value, Deserializer<Lineage> deserializer) {
    return decoded(value, deserializer).filter(lineage -> Arrays.equals(key(lineage), fingerprint));
  }

  /// The key of what is told of a lineage.
  static byte[] key(Lineage lineage) {
    return lineage.fingerprint().toString().getBytes(US_ASCII);
  }

  private static Optional<Lineage> decoded(byte[] value, Deserializer<Lineage> deserializer) {
    try {
      return Optional.ofNullable(deserializer.deserialize(Topics.LINEAGES, value));
    } catch (RuntimeException thrown) {
      if (Fault.of(thrown) != Fault.OTHER) {
        throw thrown;
      }
      return Optional.empty();
    }
  }
}
