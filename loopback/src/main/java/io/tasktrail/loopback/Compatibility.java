package io.tasktrail.loopback;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/// What a new version of a subject must keep working, by the levels of Confluent Schema Registry.
enum Compatibility {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  /// Readers with the new schema can read what was written with the earlier.
  private final boolean newReadsEarlier;

  /// Readers with the earlier schema can read what is written with the new.
  private final boolean earlierReadsNew;

  /// Every earlier version counts, not the last alone.
  private final boolean transitive;

  Compatibility(boolean newReadsEarlier, boolean earlierReadsNew, boolean transitive) {
    this.newReadsEarlier = newReadsEarlier;
    this.earlierReadsNew = earlierReadsNew;
    this.transitive = transitive;
  }

  static Compatibility named(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw RegistryError.invalidCompatibility(name);
    }
  }

  /// Why this schema may not follow those; empty when it may.
  ///
  /// @param earlier oldest first
  List<String> breaches(Schema next, List<Schema> earlier) {
    List<Schema> counting = transitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
    return counting.stream().flatMap(one -> breaches(next, one)).distinct().toList();
  }

  private Stream<String> breaches(Schema next, Schema earlier) {
    return Stream.concat(
        newReadsEarlier ? unreadable("new", next, earlier) : Stream.empty(),
        earlierReadsNew ? unreadable("earlier", earlier, next) : Stream.empty());
  }

  private static Stream<String> unreadable(String reader, Schema by, Schema written) {
    return SchemaCompatibility.checkReaderWriterCompatibility(by, written)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(
            breach ->
                "%s at %s of the %s schema as reader: %s"
                    .formatted(
                        breach.getType(), breach.getLocation(), reader, breach.getMessage()));
  }
}
