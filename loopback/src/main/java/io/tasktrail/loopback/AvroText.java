package io.tasktrail.loopback;

import org.apache.avro.Schema;

/// Avro schemas as text.
final class AvroText {

  private AvroText() {}

  /// @throws RegistryError 42201 when it is not an Avro schema
  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException e) {
      // not AvroRuntimeException alone: Avro 1.12 answers an unknown type with NullPointerException
      throw RegistryError.invalidSchema(e.getMessage());
    }
  }
}
