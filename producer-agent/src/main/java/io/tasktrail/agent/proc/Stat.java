package io.tasktrail.agent.proc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.ByteText;
import java.util.Optional;

/// `/proc/PID/stat`, see proc_pid_stat(5).
///
/// @param state a letter: Z, a zombie, X, dead
/// @param flags `PF_*` of the kernel
/// @param terminal its name; empty: none, or none that is known
/// @param cpuTicks of all its threads
/// @param threads that are not gone yet, a dead first one among them
/// @param startTicks when it began, since the host was booted
public record Stat(
    ByteText comm,
    char state,
    int parent,
    long flags,
    String terminal,
    long cpuTicks,
    int threads,
    long startTicks) {

  private static final long FORKED_WITHOUT_EXEC = 0x40;
  private static final long KERNEL_THREAD = 0x20_0000;
  private static final int FIRST_FIELD = 3;
  private static final int FIELDS_LEAST = 22;

  /// Empty where it was not read, or is not whole.
  public static Optional<Stat> parse(ByteText line) {
    String text = new String(line.toBytes(), ISO_8859_1);
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = text.substring(close + 1).strip().split(" ", -1);
    if (fields.length <= FIELDS_LEAST - FIRST_FIELD) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Stat(
              ByteText.of(line.toBytes(), open + 1, close - open - 1),
              fields[0].charAt(0),
              Integer.parseInt(field(fields, 4)),
              Long.parseLong(field(fields, 9)),
              Terminal.name(Integer.parseInt(field(fields, 7))),
              Long.parseLong(field(fields, 14)) + Long.parseLong(field(fields, 15)),
              Integer.parseInt(field(fields, 20)),
              Long.parseLong(field(fields, 22))));
    } catch (NumberFormatException torn) {
      return Optional.empty();
    }
  }

  private static String field(String[] fields, int number) {
    return fields[number - FIRST_FIELD];
  }

  /// PF_FORKNOEXEC.
  public boolean isForkedWithoutExec() {
    return (flags & FORKED_WITHOUT_EXEC) != 0;
  }

  /// PF_KTHREAD.
  public boolean isKernelThread() {
    return (flags & KERNEL_THREAD) != 0;
  }

  /// Whether its first thread has ended.
  public boolean isZombie() {
    return state == 'Z' || state == 'X';
  }

  /// Whether all its threads have.
  public boolean hasEnded() {
    return isZombie() && threads <= 1;
  }
}
