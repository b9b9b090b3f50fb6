package io.tasktrail.wire;

import io.tasktrail.avro.AuditEvent;
import io.tasktrail.avro.TaskEvent;
import io.tasktrail.avro.TaskHistory;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/// The schemas of the contract. Avro instantiates no class that it was not told to trust: whoever
/// takes a schema from here has told it to trust the generated ones.
final class Contract {

  static {
    String generated = TaskEvent.class.getPackageName();
    ClassSecurityPredicate ours = type -> type.getPackageName().equals(generated);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), ours));
  }

  static final Schema TASK_EVENT = TaskEvent.getClassSchema();
  static final Schema AUDIT_EVENT = AuditEvent.getClassSchema();
  static final Schema TASK_HISTORY = TaskHistory.getClassSchema();

  private Contract() {}

  /// For those who don't take a schema from here and let Avro find the generated classes by itself.
  static void trust() {
    // loading this class has told it
  }
}
