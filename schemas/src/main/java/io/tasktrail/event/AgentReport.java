package io.tasktrail.event;

import java.util.List;

/// What an agent is and can, as it says itself.
///
/// @param version of the agent
/// @param source where it reads events: `capture`, `audit`
/// @param kernel release of the running kernel
/// @param architecture of the machine, as the JVM names it
/// @param armedBy by what the capture was armed: a unit, the initramfs, the demo; empty without one
/// @param capabilities what is switched on or possible here, such as `masking` or `module-origins`
public record AgentReport(
    String version,
    String source,
    String kernel,
    String architecture,
    String armedBy,
    List<String> capabilities) {

  public AgentReport {
    capabilities = List.copyOf(capabilities);
  }
}
