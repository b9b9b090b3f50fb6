package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The loader as the init of an initramfs: whatever becomes of it, the real init runs as PID 1.
/// What is wrong in each case stands in `src/test/boot/as-init`.
class AsInitIT {

  private static final Path BOOT = Path.of("/boot");

  private static final String RUNS = "real init: pid 1, called /init.tasktrail";

  private Path kernel;

  @BeforeEach
  void find() throws IOException {
    for (String tool : List.of("qemu-system-x86_64", "busybox", "cpio")) {
      assumeTrue(
          Shell.find(tool).isPresent(),
          "skipped: no " + tool + "; apt install qemu-system-x86 busybox-static cpio");
    }
    try (Stream<Path> files = Files.exists(BOOT) ? Files.list(BOOT) : Stream.empty()) {
      List<Path> kernels =
          files
              .filter(path -> path.getFileName().toString().matches("vmlinuz-6\\.1\\..*-amd64"))
              .sorted()
              .toList();
      assumeTrue(!kernels.isEmpty(), "skipped: no 6.1 kernel; apt install linux-image-amd64");
      kernel = kernels.getLast();
    }
  }

  private List<String> boot(String situation) throws IOException {
    Path work = Files.createDirectories(Path.of("target/as-init").toAbsolutePath());
    return Shell.run(
            Path.of("src/test/boot/as-init").toAbsolutePath().toString(),
            kernel.toString(),
            NativeBuild.loader().toString(),
            work.toString(),
            situation)
        .output()
        .lines()
        .map(String::strip)
        .toList();
  }

  @Test
  void armsAndTheRealInitFollows() throws IOException {
    List<String> console = boot("armed");

    assertThat(console)
        .contains(RUNS, "real init: end")
        .anyMatch(line -> line.startsWith("armed: ") && line.contains(" by initramfs, as init,"));
  }

  @Test
  void commandLineSwitchesItOff() throws IOException {
    List<String> console = boot("off");

    assertThat(console)
        .contains(RUNS, "real init: end")
        .anyMatch(line -> line.contains("not armed"));
  }

  @ParameterizedTest
  @CsvSource({
    "bad-options, --no-such-option: unknown option",
    "no-bpffs, cannot mount bpffs",
    "no-bpf, the kernel refuses the programs",
    "crash, died of signal 11",
    "hang, takes too long"
  })
  void realInitRunsWhateverBecomesOfTheArming(String situation, String why) throws IOException {
    assertThat(boot(situation))
        .contains(RUNS, "real init: end")
        .anyMatch(line -> line.startsWith("tasktrail-arm: ") && line.contains(why));
  }

  /// The kernel's own choice, when the loader can't be executed, and the loader's, when what it is
  /// to execute is not there.
  @ParameterizedTest
  @CsvSource({"garbage", "no-init"})
  void anotherInitIsFoundWhereThatOneCannotBeExecuted(String situation) throws IOException {
    assertThat(boot(situation)).contains("real init: pid 1, called /sbin/init", "real init: end");
  }
}
