package io.tasktrail.role;

import picocli.CommandLine.Option;

/// What every command has.
final class StandardOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this, and ends.")
  private boolean help;

  @Option(
      names = "--verbose",
      description = "Logs more, and shows stack traces of failures (so does TASKTRAIL_DEBUG=1).")
  private boolean verbose;

  boolean isHelp() {
    return help;
  }

  boolean isVerbose() {
    String debug = System.getenv("TASKTRAIL_DEBUG");
    return verbose || (debug != null && !debug.isEmpty());
  }
}
