package io.tasktrail.agent.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this process takes of the machine.
final class OwnProcess {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern ANONYMOUS = Pattern.compile("(?m)^RssAnon:\\s+(\\d+) kB$");
  private static final int KB = 1024;

  private OwnProcess() {}

  /// Processor time so far; empty where it is not told.
  static OptionalDouble cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().stream()
        .mapToDouble(time -> time.toNanos() / 1e9)
        .findFirst();
  }

  /// `RssAnon` of proc(5); empty where it is not told.
  static OptionalLong anonymousBytes() {
    try {
      Matcher anonymous = ANONYMOUS.matcher(Files.readString(STATUS, ISO_8859_1));
      return anonymous.find()
          ? OptionalLong.of(KB * Long.parseLong(anonymous.group(1)))
          : OptionalLong.empty();
    } catch (IOException notTold) {
      return OptionalLong.empty();
    }
  }
}
