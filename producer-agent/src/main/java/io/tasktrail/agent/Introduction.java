package io.tasktrail.agent;

import io.tasktrail.agent.ring.Meta;
import io.tasktrail.event.AgentReport;
import java.util.ArrayList;
import java.util.List;

/// What this agent says of itself in its heartbeats.
final class Introduction {

  private Introduction() {}

  /// Of one that reads records.
  ///
  /// @param source where these come from: audit, proc
  /// @param switchedOn what its settings switch on
  static AgentReport ofRecords(String source, List<String> switchedOn) {
    return new AgentReport(
        Version.OF_THIS,
        source,
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        "",
        switchedOn.stream().sorted().toList());
  }

  /// Of one that reads a capture.
  ///
  /// @param switchedOn what its settings switch on
  static AgentReport of(Meta capture, List<String> switchedOn) {
    List<String> capabilities = new ArrayList<>(switchedOn);
    switch (capture.modules()) {
      case NONE -> {
        // the kernel has none
      }
      case NAMES -> capabilities.add("modules");
      case ORIGINS -> capabilities.addAll(List.of("modules", "module-origins"));
    }
    capabilities.sort(null);
    return new AgentReport(
        Version.OF_THIS,
        "capture",
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        capture.how(),
        capabilities);
  }
}
