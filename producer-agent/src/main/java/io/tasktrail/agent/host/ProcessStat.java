package io.tasktrail.agent.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `/proc/PID/stat`, see proc_pid_stat(5).
public final class ProcessStat {

  private static final int START_FIELD = 22;

  private ProcessStat() {}

  /// When a process began, in ticks since the host was booted: with its pid, which process it is.
  ///
  /// @param root the root directory, `/`
  /// @throws IOException if there is none, or it may not be seen
  public static long start(Path root, long pid) throws IOException {
    return parseStart(
        Files.readString(root.resolve("proc").resolve("" + pid).resolve("stat"), ISO_8859_1));
  }

  /// The second field is a name in parentheses that may hold blanks and parentheses.
  static long parseStart(String stat) {
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(afterName[START_FIELD - 3]);
  }
}
