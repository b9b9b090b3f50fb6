package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed skeletons are what the BPF source gives; needs the tools of `toolchain.txt`.
class SkeletonIT {

  private static final Path BPF = Path.of("src/main/bpf").toAbsolutePath();
  private static final Path COMMITTED = Path.of("src/main/c/skeleton");

  @Test
  void committedSkeletonsAreThoseOfTheSource(@TempDir Path dir) throws IOException {
    for (String tool : Files.readAllLines(BPF.resolve("toolchain.txt"))) {
      String[] nameAndVersion = tool.split(" ", 2);
      assumeTrue(isInstalled(nameAndVersion[0], nameAndVersion[1]), "skipped: no " + tool);
    }
    assumeTrue(
        Files.exists(Path.of("/usr/include/bpf/bpf_helpers.h")), "skipped: no libbpf headers");

    Shell.Ended generated = Shell.run(BPF.resolve("generate").toString(), dir.toString());

    assertThat(generated.status()).as(generated.output()).isZero();
    for (String name : List.of("tasktrail_plain.lskel.h", "tasktrail_modules.lskel.h")) {
      assertThat(dir.resolve(name)).hasSameTextualContentAs(COMMITTED.resolve(name));
    }
  }

  private static boolean isInstalled(String tool, String version) {
    String command = tool.equals("clang") ? "--version" : "version";
    return Shell.find(tool).isPresent()
        && Pattern.compile("\\bv?" + Pattern.quote(version) + "\\b")
            .matcher(Shell.run(tool, command).output())
            .find();
  }
}
