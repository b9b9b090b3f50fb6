package io.tasktrail.agent;

import io.tasktrail.agent.control.ControlClient;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tasktrail agent ctl`: asks a running agent.
@Command(
    name = "agent ctl",
    description = {
      "Asks a running agent to tell of a process and its descendants, or of a container, whatever"
          + " its filter says.",
      "It forgets that when it ends."
    })
public final class ControlCommand implements RoleCommand {

  @Option(
      names = "--socket",
      paramLabel = "FILE",
      required = true,
      description = "The agent's control.socket.")
  private Path socket;

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description = "add-pid, remove-pid, add-container, remove-container or list.")
  private String verb;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PID|ID",
      defaultValue = "",
      description = "The process, or 4 to 64 digits of the id of the container.")
  private String of;

  @Override
  public void run(Shutdown shutdown) {
    new ControlClient(socket).ask((verb + " " + of).strip()).forEach(System.out::println);
  }
}
