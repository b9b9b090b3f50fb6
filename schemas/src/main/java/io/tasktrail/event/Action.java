package io.tasktrail.event;

import java.util.Locale;

/// What each kind of event is called where a word is wanted: `event.action` of a document, the
/// second word of a line, the kind of a lost event.
public final class Action {

  /// What an [Fact.EventsLost] is called.
  public static final String EVENTS_LOST = "events_lost";

  private Action() {}

  /// The word for what is told to a SIEM: of a notice its own, else that of the fact.
  public static String of(AuditEvent audit) {
    return audit.notice().map(Action::of).orElseGet(() -> of(audit.event().fact()));
  }

  private static String of(Notice notice) {
    return notice.kind().name().toLowerCase(Locale.ROOT);
  }

  /// The word for what a fact says.
  public static String of(Fact fact) {
    return switch (fact) {
      case Fact.Forked _ -> "fork";
      case Fact.Executed _ -> "exec";
      case Fact.ExecFailed _ -> "exec_failed";
      case Fact.Exited _ -> "exit";
      case Fact.Signalled _ -> "signal";
      case Fact.TaskSeen _ -> "task_seen";
      case Fact.ModuleLoaded _ -> "module_load";
      case Fact.ModuleUnloaded _ -> "module_unload";
      case Fact.ModuleLoadFailed _ -> "module_load_failed";
      case Fact.ModuleRequested _ -> "module_request";
      case Fact.AuditRecord _ -> "audit_record";
      case Fact.ModuleSeen _ -> "module_seen";
      case Fact.SnapshotStarted _ -> "snapshot_started";
      case Fact.SnapshotFinished _ -> "snapshot_finished";
      case Fact.EventsLost _ -> EVENTS_LOST;
      case Fact.AgentStarted _ -> "agent_started";
      case Fact.AgentStopping _ -> "agent_stopping";
      case Fact.Heartbeat _ -> "heartbeat";
      case Fact.Unrecognized _ -> "unrecognized";
    };
  }
}
