package io.tasktrail.formats.ocsf;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Notice;

/// The class of an event by its uid (the category times 1000, and its own), and what is done within
/// it: 99 where no activity of the class fits.
enum OcsfClass {
  LAUNCH(1007, 1),
  TERMINATE(1007, 2),
  OF_PROCESS(1007, 99),
  LOAD(1002, 1),
  UNLOAD(1002, 2),
  OF_MODULE(1002, 99),
  LOG_START(1008, 6),
  LOG_STOP(1008, 7),
  BASE(0, 99);

  /// The activity that has no number of its own.
  static final int OTHER = 99;

  private final int uid;
  private final int activity;

  OcsfClass(int uid, int activity) {
    this.uid = uid;
    this.activity = activity;
  }

  int uid() {
    return uid;
  }

  int activity() {
    return activity;
  }

  int category() {
    return uid / 1000;
  }

  static OcsfClass of(AuditEvent audit) {
    return audit.notice().map(OcsfClass::of).orElseGet(() -> of(audit.event().fact()));
  }

  private static OcsfClass of(Notice notice) {
    return switch (notice.kind()) {
      case TASK_VANISHED -> TERMINATE;
      case HISTORY_CORRECTED -> OF_PROCESS;
      case BOOT_ENDED, HOST_ID_SHARED -> BASE;
    };
  }

  private static OcsfClass of(Fact fact) {
    return switch (fact) {
      case Fact.Forked _, Fact.Executed _, Fact.ExecFailed _ -> LAUNCH;
      case Fact.Exited _ -> TERMINATE;
      case Fact.Signalled _, Fact.TaskSeen _ -> OF_PROCESS;
      case Fact.ModuleLoaded _, Fact.ModuleLoadFailed _ -> LOAD;
      case Fact.ModuleUnloaded _ -> UNLOAD;
      case Fact.ModuleRequested _, Fact.ModuleSeen _ -> OF_MODULE;
      case Fact.AgentStarted _ -> LOG_START;
      case Fact.AgentStopping _ -> LOG_STOP;
      case Fact.AuditRecord _,
          Fact.SnapshotStarted _,
          Fact.SnapshotFinished _,
          Fact.EventsLost _,
          Fact.Heartbeat _,
          Fact.Unrecognized _ ->
          BASE;
    };
  }
}
