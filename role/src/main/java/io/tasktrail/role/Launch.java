package io.tasktrail.role;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.role.log.JsonLines;
import io.tasktrail.role.log.JsonLogging;
import java.io.PrintWriter;
import org.slf4j.simple.SimpleLogger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Runs a command and maps what comes of it to an exit status: 0 done, 1 failed (one line on
/// stderr: what, where, how to fix), 2 bad usage.
public final class Launch {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  private final StandardOptions standard = new StandardOptions();
  private final CommandLine line;
  private final PrintWriter err;

  private Launch(RoleCommand command, PrintWriter out, PrintWriter err) {
    this.err = err;
    this.line =
        new CommandLine(command)
            .addMixin("standard", standard)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUnmatchedOptionsAllowedAsOptionParameters(false)
            .setParameterExceptionHandler((wrong, args) -> badUsage(wrong));
    line.getCommandSpec().usageMessage().synopsisHeading("Usage: tasktrail ");
  }

  /// Runs a command as the whole of this JVM, and ends the JVM.
  ///
  /// @param command annotated with picocli's `@Command`, its name being the word after `tasktrail`
  public static void main(RoleCommand command, String... args) {
    main(new Shutdown(), command, args);
  }

  static void main(Shutdown shutdown, RoleCommand command, String... args) {
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    shutdown.exit(run(command, shutdown, out, err, args));
  }

  /// Runs a command within this JVM.
  ///
  /// @param out receives the usage when it was asked for
  /// @param err receives the one line of a failure
  /// @return the exit status
  public static int run(
      RoleCommand command, Shutdown shutdown, PrintWriter out, PrintWriter err, String... args) {
    Launch launch = new Launch(command, out, err);
    launch.line.setExecutionStrategy(parsed -> launch.execute(command, shutdown));
    return launch.line.execute(args);
  }

  private int execute(RoleCommand command, Shutdown shutdown) {
    if (standard.isHelp()) {
      line.usage(line.getOut());
      return DONE;
    }
    if (standard.isVerbose()) {
      logMore();
    }
    try (shutdown) {
      command.run(shutdown);
      return DONE;
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  private static void logMore() {
    if (JsonLogging.isChosen()) {
      JsonLogging.more();
    } else {
      System.setProperty(SimpleLogger.LOG_KEY_PREFIX + "io.tasktrail", "debug");
    }
  }

  private int badUsage(ParameterException wrong) {
    say(wrong.getMessage() + ": see tasktrail " + line.getCommandName() + " --help", null);
    return BAD_USAGE;
  }

  private int failed(Throwable failure) {
    say(Explained.line(failure), standard.isVerbose() ? failure : null);
    return FAILED;
  }

  /// @param shown whose stack trace is shown; null for none
  private void say(String what, Throwable shown) {
    String told = "tasktrail " + line.getCommandName() + ": " + Explained.oneLine(what);
    if (JsonLogging.isChosen()) {
      err.print(JsonLines.ofFailure(Launch.class.getName(), told, shown));
      err.flush();
    } else {
      err.println(told);
      if (shown != null) {
        shown.printStackTrace(err);
      }
    }
  }
}
