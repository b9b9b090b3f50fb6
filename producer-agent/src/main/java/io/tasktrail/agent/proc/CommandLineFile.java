package io.tasktrail.agent.proc;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `/proc/PID/cmdline`, see proc_pid_cmdline(5): what a process was started with, or what it has
/// written over that.
public final class CommandLineFile {

  /// Bytes of it that are kept: as many as of an exec.
  static final int BYTES_MAX = 64 << 10;

  private CommandLineFile() {}

  /// The arguments in such a file; the rest over the bound is only counted, the kernel bounds it.
  ///
  /// @throws IOException if it can't be read
  public static Arguments read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] kept = in.readNBytes(BYTES_MAX);
      long count = nulls(kept, kept.length);
      long length = kept.length;
      byte[] rest = new byte[4096];
      for (int got = in.read(rest); got > 0; got = in.read(rest)) {
        count += nulls(rest, got);
        length += got;
      }
      return arguments(kept, count, length);
    }
  }

  private static long nulls(byte[] bytes, int length) {
    long nulls = 0;
    for (int i = 0; i < length; i++) {
      nulls += bytes[i] == 0 ? 1 : 0;
    }
    return nulls;
  }

  /// The arguments in the first bytes of such a file.
  ///
  /// @param count how many NULs there are in all
  /// @param length how many bytes
  public static Arguments arguments(byte[] bytes, long count, long length) {
    List<ByteText> values = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == 0) {
        values.add(ByteText.of(bytes, from, at - from));
        from = at + 1;
      }
    }
    if (from < bytes.length) {
      values.add(ByteText.of(bytes, from, bytes.length - from));
    }
    return new Arguments(values, Math.max(count, values.size()), length, length > bytes.length);
  }
}
