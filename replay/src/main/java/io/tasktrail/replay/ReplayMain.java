package io.tasktrail.replay;

import io.tasktrail.formats.Format;
import io.tasktrail.history.Fleet;
import io.tasktrail.history.Fold;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tasktrail replay`.
@Command(
    name = "replay",
    description = {
      "Rebuilds histories from capture files, or from logs of the audit system, and writes a line for",
      "each event."
    })
public final class ReplayMain implements RoleCommand {

  @Option(
      names = "--input",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description = {
        "Capture files and audit logs (audit.log.1 before audit.log; gzip too), in the order in",
        "which they are read."
      })
  private List<Path> inputs;

  @Option(
      names = "--format",
      defaultValue = "tasktracker",
      converter = FormatName.class,
      paramLabel = "FORMAT",
      description = {
        "tasktracker (default) or taskhistory: lines for people; ecs: JSON with everything; for",
        "SIEMs ecs-ancestry, ocsf, audit, cef, leef, syslog, splunk."
      })
  private Format format;

  @Option(
      names = "--host",
      paramLabel = "NAME|ID",
      description = "Only events of the host of this name or id.")
  private String host;

  @Option(
      names = "--from",
      converter = Moment.class,
      paramLabel = "TIME",
      description = "Only events at or after this time, such as 2026-11-20T17:33:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      converter = Moment.class,
      paramLabel = "TIME",
      description = "Only events before this time.")
  private Instant to;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "Only events of tasks of this pid, its forks, and signals to it.")
  private Integer pid;

  private final OutputStream out;
  private final PrintStream err;

  ReplayMain(OutputStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// The command line.
  public static void main(String... args) {
    Launch.main(new ReplayMain(new FileOutputStream(FileDescriptor.out), System.err), args);
  }

  @Override
  public void run(Shutdown shutdown) throws IOException {
    Replay replay =
        new Replay(
            new Fleet(new Fold(FoldLimits.DEFAULT)),
            selection(),
            format,
            new LineOutput(out),
            new Progress(err, System::nanoTime));
    try {
      replay.run(inputs);
    } catch (LineOutput.ReaderGone _) {
      return;
    }
  }

  private Selection selection() {
    return new Selection(
        Optional.ofNullable(host),
        Optional.ofNullable(from),
        Optional.ofNullable(to),
        pid == null ? OptionalInt.empty() : OptionalInt.of(pid));
  }
}
