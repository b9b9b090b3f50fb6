package io.tasktrail.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What a test needs of the machine; where it is absent the test is skipped with the reason.
final class Needs {

  private Needs() {}

  static void root() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
  }

  static void liveCapture() {
    root();
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
    assumeTrue(
        Files.exists(Path.of(System.getProperty("tasktrail.home"), Launcher.LOADER)),
        "needs tasktrail-arm: ./tasktrail test builds it where a C compiler is");
  }

  static void procConnector() throws IOException {
    root();
    Path connectors = Path.of("/proc/net/connector");
    assumeTrue(
        Files.exists(connectors) && Files.readString(connectors).contains("cn_proc"),
        "needs the proc connector");
    assumeTrue(
        Files.exists(Path.of(System.getProperty("tasktrail.home"), Launcher.LISTENER)),
        "needs tasktrail-listen: ./tasktrail test builds it where a C compiler is");
  }

  static void command(String name) {
    assumeTrue(isOnPath(name), "needs the command " + name);
  }

  private static boolean isOnPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
