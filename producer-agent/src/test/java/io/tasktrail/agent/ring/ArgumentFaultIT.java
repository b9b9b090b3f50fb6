package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An argv of which a page is not in memory is read up to that page; needs root, BPF, clang and
/// bpftool.
///
/// At an exec its pages were written a moment ago: only swapping or migrating them right then takes
/// them away. So the code that reads argv is run on a process that gave up a page of its own.
class ArgumentFaultIT {

  private static final int PAGE = 4096;
  private static final Path PINS =
      Path.of("/sys/fs/bpf/tasktrail-test-argv-" + ProcessHandle.current().pid());

  @BeforeEach
  void load() {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "skipped: this kernel has no BTF");
    for (String tool : List.of("clang", "bpftool")) {
      assumeTrue(Shell.find(tool).isPresent(), "skipped: no " + tool);
    }
    assumeTrue(
        Files.exists(Path.of("/usr/include/bpf/bpf_helpers.h")), "skipped: no libbpf headers");
    String object = NativeBuild.argvObject().toString();
    Shell.Ended loaded = Shell.run("bpftool", "prog", "loadall", object, PINS.toString());
    assertThat(loaded.status()).as(loaded.output()).isZero();
  }

  @AfterEach
  void unload() throws IOException {
    if (Files.exists(PINS)) {
      try (Stream<Path> pins = Files.list(PINS)) {
        for (Path pin : pins.toList()) {
          Files.delete(pin);
        }
      }
      Files.delete(PINS);
    }
  }

  /// What a process read of its own argv.
  ///
  /// @param offset of argv in its first page
  /// @param total bytes of argv
  /// @param result bytes read; negative if a page was missing
  private record Read(int offset, int total, int result) {

    static Read of(int hole, int fillerBytes) {
      Shell.Ended ended =
          Shell.run(
              NativeBuild.hole().toString(),
              PINS.resolve("read_argv").toString(),
              Integer.toString(hole),
              "x".repeat(fillerBytes));
      assertThat(ended.status()).as(ended.output()).isZero();
      String[] words = ended.output().trim().split(" ", -1);
      return new Read(
          Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }
  }

  @Test
  void whatIsInMemoryIsReadWhole() {
    Read read = Read.of(-1, 20_000);

    assertThat(read.result()).isEqualTo(read.total());
  }

  @ParameterizedTest
  @CsvSource({"1, 20000", "2, 20000", "4, 20000", "5, 100000", "15, 100000"})
  void argvIsReadUpToThePageThatIsNotThere(int hole, int fillerBytes) {
    Read read = Read.of(hole, fillerBytes);

    assertThat(read.result()).isEqualTo(-(hole * PAGE - read.offset()));
  }
}
