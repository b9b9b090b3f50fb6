package io.tasktrail.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What a test needs of the machine; where it is absent the test is skipped with the reason.
final class Needs {

  private Needs() {}

  static void root() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
  }

  static void kernelTypes() {
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
  }

  static void command(String name) {
    assumeTrue(isOnPath(name), "needs the command " + name + ": ./tasktrail test --install");
  }

  private static boolean isOnPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
