package io.tasktrail.bench.streams;

import io.tasktrail.avro.TaskEvent;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/// The classes that Avro generates of the contract: a yardstick uses them. Avro finds them in every
/// JVM of the bench, and then insists on being told to trust them.
final class GeneratedClasses {

  private GeneratedClasses() {}

  static void trust() {
    String generated = TaskEvent.class.getPackageName();
    ClassSecurityPredicate ours = type -> type.getPackageName().equals(generated);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), ours));
  }
}
