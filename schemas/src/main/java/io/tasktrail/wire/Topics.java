package io.tasktrail.wire;

/// The names of the topics: contracts, as the schemas are.
public final class Topics {

  /// Host id → TaskEvent: the evidence.
  public static final String TASK_EVENTS = "tasktrail.task-events";

  /// Task id → TaskHistory: compacted, the table of tasks.
  public static final String TASK_HISTORY = "tasktrail.task-history";

  /// Host, boot and module → LoadedModule: compacted, what each kernel has loaded.
  public static final String MODULES = "tasktrail.modules";

  /// Host and lineage → Lineage: compacted, what each host is known to execute.
  public static final String LINEAGES = "tasktrail.lineages";

  /// Host id → HostStatus: compacted, what each agent last said of itself.
  public static final String HOSTS = "tasktrail.hosts";

  /// Lineage → FirstSeen: compacted, who was the first of the fleet to execute it.
  public static final String FIRST_SEEN = "tasktrail.first-seen";

  /// Host id → AuditEvent: what SIEMs receive.
  public static final String AUDIT_EVENTS = "tasktrail.audit-events";

  /// What could not be decoded, as it was received.
  public static final String DEAD_LETTERS = "tasktrail.dead-letters";

  private Topics() {}
}
