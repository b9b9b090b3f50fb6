package io.tasktrail.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/// The schemas of the contract, `src/main/avro` as the build turned it into JSON.
final class Contract {

  static final Schema TASK_EVENT = schema("TaskEvent");
  static final Schema AUDIT_EVENT = schema("AuditEvent");
  static final Schema TASK_HISTORY = schema("TaskHistory");
  static final Schema LOADED_MODULE = schema("LoadedModule");
  static final Schema LINEAGE = schema("Lineage");

  private Contract() {}

  /// CRC-64-AVRO of a schema: two of the same give the same bytes to the same value.
  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  private static Schema schema(String name) {
    try (InputStream json = Contract.class.getResourceAsStream(name + ".avsc")) {
      return new Schema.Parser().parse(json);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + ".avsc of the contract", unreadable);
    }
  }
}
