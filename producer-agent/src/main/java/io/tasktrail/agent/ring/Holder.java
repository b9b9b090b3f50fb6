package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.agent.host.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Who reads the ring, as the map `reader` has it: the pid in the low 22 bits (PID_MAX_LIMIT),
/// above it the start time of field 22 of `/proc/PID/stat`, so that one store writes both.
record Holder(long word) {

  static final Holder NOBODY = new Holder(0);

  private static final int PID_BITS = 22;
  private static final Path ROOT = Path.of("/");

  /// This process.
  static Holder self() {
    long pid = ProcessHandle.current().pid();
    long start =
        startOf(pid)
            .orElseThrow(() -> new CaptureException("/proc/" + pid + "/stat: cannot be read"));
    return new Holder(start << PID_BITS | pid);
  }

  long pid() {
    return word & (1L << PID_BITS) - 1;
  }

  /// What it is called: its pid, and its comm while it runs.
  @Override
  public String toString() {
    try {
      Path comm = Path.of("/proc", pid() + "", "comm");
      return "process " + pid() + " (" + Files.readString(comm, ISO_8859_1).strip() + ")";
    } catch (IOException gone) {
      return "process " + pid();
    }
  }

  /// Whether that very process still runs.
  boolean isAlive() {
    OptionalLong start = startOf(pid());
    return start.isPresent() && start.getAsLong() == word >>> PID_BITS;
  }

  private static OptionalLong startOf(long pid) {
    try {
      return OptionalLong.of(ProcessStat.start(ROOT, pid));
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }
}
