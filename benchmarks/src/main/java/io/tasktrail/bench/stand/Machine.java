package io.tasktrail.bench.stand;

import io.tasktrail.role.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The machine on which it is measured.
public final class Machine {

  private static final Path LOAD = Path.of("/proc/loadavg");
  private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

  private Machine() {}

  /// What a figure must be read with. The load is that before the measurement.
  public static String line() throws IOException {
    return "%d cores, Linux %s, JDK %s, load %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.version"),
            System.getProperty("java.runtime.version"),
            Files.readString(LOAD).split(" ", -1)[0]);
  }

  /// Returns where live capture is possible.
  ///
  /// @throws Failure if this user can't capture this machine
  public static void requireCapture() {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new Failure("live capture needs root", "this user", "run it with sudo");
    }
    if (!Files.exists(BTF)) {
      throw new Failure("live capture needs BTF", BTF.toString(), "boot a kernel with BTF");
    }
  }

  /// CPU time so far of the threads of the kernel that have a name, in seconds.
  public static double kernelThreadSeconds(String name) {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().command().isEmpty() && isNamed(each, name))
        .mapToDouble(Child::cpuSeconds)
        .sum();
  }

  private static boolean isNamed(ProcessHandle process, String name) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip().equals(name);
    } catch (IOException gone) {
      return false;
    }
  }

  public static boolean has(String command) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
