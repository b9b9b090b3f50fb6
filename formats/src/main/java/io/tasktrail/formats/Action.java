package io.tasktrail.formats;

import io.tasktrail.event.Fact;

/// What each kind of event is called: `event.action`, the second word of a line.
final class Action {

  private Action() {}

  static String of(Fact fact) {
    return switch (fact) {
      case Fact.Forked _ -> "fork";
      case Fact.Executed _ -> "exec";
      case Fact.Exited _ -> "exit";
      case Fact.TaskSeen _ -> "task_seen";
      case Fact.ModuleLoaded _ -> "module_load";
      case Fact.ModuleUnloaded _ -> "module_unload";
      case Fact.SnapshotStarted _ -> "snapshot_started";
      case Fact.SnapshotFinished _ -> "snapshot_finished";
      case Fact.EventsLost _ -> "events_lost";
      case Fact.AgentStarted _ -> "agent_started";
      case Fact.AgentStopping _ -> "agent_stopping";
      case Fact.Heartbeat _ -> "heartbeat";
      case Fact.Unrecognized _ -> "unrecognized";
    };
  }
}
