package io.tasktrail.agent.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.agent.filter.ProcessMark;
import io.tasktrail.agent.host.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The processes of the host, as /proc shows them.
record Processes(Path root) {

  /// A process, with when it began.
  ///
  /// @throws IllegalArgumentException if there is none, or it is a thread of another
  /// @throws IOException if it can't be told
  ProcessMark mark(int pid) throws IOException {
    Path folder = root.resolve("proc").resolve("" + pid);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("no process " + pid);
    }
    int group = group(folder);
    if (group != pid) {
      throw new IllegalArgumentException(pid + " is a thread of process " + group);
    }
    return new ProcessMark(pid, ProcessStat.start(root, pid));
  }

  private static int group(Path folder) throws IOException {
    for (String line : Files.readAllLines(folder.resolve("status"), ISO_8859_1)) {
      if (line.startsWith("Tgid:")) {
        return Integer.parseInt(line.substring(5).strip());
      }
    }
    throw new IOException(folder + "/status says no Tgid");
  }

  boolean isAlive(ProcessMark process) {
    try {
      return mark(process.pid()).equals(process);
    } catch (IOException | IllegalArgumentException gone) {
      return false;
    }
  }
}
