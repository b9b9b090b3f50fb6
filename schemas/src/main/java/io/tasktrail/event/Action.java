package io.tasktrail.event;

/// What each kind of event is called where a word is wanted: `event.action` of a document, the
/// second word of a line, the kind of a lost event.
public final class Action {

  /// What an [Fact.EventsLost] is called.
  public static final String EVENTS_LOST = "events_lost";

  private Action() {}

  /// The word for what a fact says.
  public static String of(Fact fact) {
    return switch (fact) {
      case Fact.Forked _ -> "fork";
      case Fact.Executed _ -> "exec";
      case Fact.Exited _ -> "exit";
      case Fact.TaskSeen _ -> "task_seen";
      case Fact.ModuleLoaded _ -> "module_load";
      case Fact.ModuleUnloaded _ -> "module_unload";
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
