package io.tasktrail.formats.ecs;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Notice;
import java.util.List;

/// The four words by which ECS sorts events.
///
/// @param category empty for what says something of the pipeline only
record EcsClass(String kind, List<String> category, String type) {

  private static final List<String> PROCESS = List.of("process");
  private static final List<String> DRIVER = List.of("driver");
  private static final List<String> HOST = List.of("host");

  static EcsClass of(AuditEvent audit) {
    return audit.notice().map(EcsClass::of).orElseGet(() -> of(audit.event().fact()));
  }

  private static EcsClass of(Notice notice) {
    return switch (notice.kind()) {
      case HISTORY_CORRECTED -> new EcsClass("state", PROCESS, "info");
      case TASK_VANISHED -> new EcsClass("event", PROCESS, "end");
      case BOOT_ENDED -> new EcsClass("event", HOST, "end");
      case HOST_ID_SHARED -> new EcsClass("event", HOST, "info");
    };
  }

  /// What was refused did not start: it is no `start` that failed, so that what counts starts
  /// counts images that ran.
  private static EcsClass of(Fact fact) {
    return switch (fact) {
      case Fact.Forked _, Fact.Executed _ -> new EcsClass("event", PROCESS, "start");
      case Fact.ExecFailed _, Fact.Signalled _ -> new EcsClass("event", PROCESS, "info");
      case Fact.Exited _ -> new EcsClass("event", PROCESS, "end");
      case Fact.TaskSeen _ -> new EcsClass("state", PROCESS, "info");
      case Fact.ModuleLoaded _ -> new EcsClass("event", DRIVER, "start");
      case Fact.ModuleUnloaded _ -> new EcsClass("event", DRIVER, "end");
      case Fact.ModuleLoadFailed _, Fact.ModuleRequested _ -> new EcsClass("event", DRIVER, "info");
      case Fact.AuditRecord _ -> new EcsClass("event", PROCESS, "info");
      case Fact.ModuleSeen _ -> new EcsClass("state", DRIVER, "info");
      case Fact.SnapshotStarted _, Fact.SnapshotFinished _ -> new EcsClass("state", HOST, "info");
      case Fact.EventsLost _ -> new EcsClass("pipeline_error", List.of(), "error");
      case Fact.AgentStarted _ -> new EcsClass("event", HOST, "start");
      case Fact.AgentStopping _ -> new EcsClass("event", HOST, "end");
      case Fact.Heartbeat _ -> new EcsClass("metric", HOST, "info");
      case Fact.Unrecognized _ -> new EcsClass("event", List.of(), "info");
    };
  }
}
