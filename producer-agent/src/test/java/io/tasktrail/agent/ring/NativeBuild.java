package io.tasktrail.agent.ring;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Native programs that the tests need, built once from this module's sources.
public final class NativeBuild {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final int BUILD_SECONDS = 60;
  private static final Map<String, Path> BUILT = new ConcurrentHashMap<>();

  private NativeBuild() {}

  static Path loader() {
    return built("tasktrail-arm", List.of("./build-loader", target("tasktrail-arm")));
  }

  /// `tasktrail-listen`.
  public static Path listener() {
    return built(
        "tasktrail-listen",
        List.of("./build-loader", target("tasktrail-listen"), "tasktrail-listen"));
  }

  /// Of another version, whose records nobody here can read.
  static Path loaderOfTomorrow() {
    return loader("tasktrail-arm-9", "-DTASKTRAIL_VERSION=\"9.9\"", "-DTASKTRAIL_LAYOUT=99");
  }

  /// Gives itself no time to tell a capture when it is retired.
  static Path loaderThatIsLate() {
    return loader("tasktrail-arm-late", "-DTASKTRAIL_VERSION=\"late\"", "-DLEAD_NS=1ULL");
  }

  private static Path loader(String name, String... defines) {
    List<String> command = new ArrayList<>(List.of("cc", "-std=gnu11"));
    command.addAll(List.of(defines));
    command.addAll(List.of("-Isrc/main/c", "-Isrc/main/bpf", "-o", target(name)));
    command.add("src/main/c/tasktrail-arm.c");
    return built(name, command);
  }

  static Path odd() {
    return built("odd", List.of("cc", "-O1", "-pthread", "-o", target("odd"), "src/test/c/odd.c"));
  }

  static Path deaths() {
    return built(
        "deaths", List.of("cc", "-O1", "-pthread", "-o", target("deaths"), "src/test/c/deaths.c"));
  }

  static Path arguments() {
    return built(
        "arguments", List.of("cc", "-O1", "-o", target("arguments"), "src/test/c/arguments.c"));
  }

  static Path layout() {
    return built(
        "layout", List.of("cc", "-Isrc/main/bpf", "-o", target("layout"), "src/test/c/layout.c"));
  }

  static Path hole() {
    return built("hole", List.of("cc", "-o", target("hole"), "src/test/c/hole.c"));
  }

  /// An object that holds the programs and `read_argv`.
  static Path argvObject() {
    return built(
        "argv.o",
        List.of(
            "clang",
            "-target",
            "bpfel",
            "-mcpu=v3",
            "-O2",
            "-g",
            "-Isrc/main/bpf",
            "-c",
            "src/test/bpf/argv.bpf.c",
            "-o",
            target("argv.o")));
  }

  private static String target(String name) {
    return TARGET.resolve(name).toString();
  }

  private static Path built(String name, List<String> command) {
    return BUILT.computeIfAbsent(name, absent -> build(TARGET.resolve(name), command));
  }

  private static Path build(Path program, List<String> command) {
    if (Shell.find("cc").isEmpty()) {
      abort("skipped: no C compiler; apt install gcc libc6-dev, or dnf install gcc glibc-devel");
    }
    try {
      Files.createDirectories(TARGET);
      Process build = new ProcessBuilder(command).inheritIO().start();
      if (!build.waitFor(BUILD_SECONDS, TimeUnit.SECONDS) || build.exitValue() != 0) {
        throw new IllegalStateException("failed: " + String.join(" ", command));
      }
      return program;
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
