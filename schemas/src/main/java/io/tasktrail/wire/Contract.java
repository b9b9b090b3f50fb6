package io.tasktrail.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/// The schemas of the contract, `src/main/avro` as the build turned it into JSON.
///
/// Where an application has classes that Avro generated of them, Confluent's serializer finds them,
/// and Avro instantiates no class that it was not told to trust: these may be trusted.
final class Contract {

  private static final String GENERATED = "io.tasktrail.avro";

  static {
    ClassSecurityPredicate ours = type -> type.getPackageName().equals(GENERATED);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), ours));
  }

  static final Schema TASK_EVENT = schema("TaskEvent");
  static final Schema AUDIT_EVENT = schema("AuditEvent");
  static final Schema TASK_HISTORY = schema("TaskHistory");
  static final Schema LOADED_MODULE = schema("LoadedModule");
  static final Schema LINEAGE = schema("Lineage");
  static final Schema HOST_STATUS = schema("HostStatus");
  static final Schema FIRST_SEEN = schema("FirstSeen");

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
