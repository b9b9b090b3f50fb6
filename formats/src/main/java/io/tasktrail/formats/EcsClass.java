package io.tasktrail.formats;

import io.tasktrail.event.Fact;
import java.util.List;

/// The four words by which ECS sorts events.
///
/// @param category empty for what says something of the pipeline only
record EcsClass(String kind, List<String> category, String type) {

  private static final List<String> PROCESS = List.of("process");
  private static final List<String> DRIVER = List.of("driver");
  private static final List<String> HOST = List.of("host");

  static EcsClass of(Fact fact) {
    return switch (fact) {
      case Fact.Forked _, Fact.Executed _ -> new EcsClass("event", PROCESS, "start");
      case Fact.Exited _ -> new EcsClass("event", PROCESS, "end");
      case Fact.TaskSeen _ -> new EcsClass("state", PROCESS, "info");
      case Fact.ModuleLoaded _ -> new EcsClass("event", DRIVER, "start");
      case Fact.ModuleUnloaded _ -> new EcsClass("event", DRIVER, "end");
      case Fact.SnapshotStarted _, Fact.SnapshotFinished _ -> new EcsClass("state", HOST, "info");
      case Fact.EventsLost _ -> new EcsClass("pipeline_error", List.of(), "error");
      case Fact.AgentStarted _ -> new EcsClass("event", HOST, "start");
      case Fact.AgentStopping _ -> new EcsClass("event", HOST, "end");
      case Fact.Heartbeat _ -> new EcsClass("metric", HOST, "info");
      case Fact.Unrecognized _ -> new EcsClass("event", List.of(), "info");
    };
  }
}
