package io.tasktrail.agent.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whether this kernel takes the programs: the loader tries, and attaches nothing.
///
/// @param loader `tasktrail-arm`
/// @param root whether this process may do what the loader does
/// @param others what could be read instead
record LoaderCheck(Path loader, boolean root, OtherSources others) {

  List<Check> all() {
    return List.of(Check.of("programs load", this::look));
  }

  private Finding look() throws IOException, InterruptedException {
    if (!root) {
      return Finding.skip("only root may load programs: tasktrail-arm --try (as root) tells it");
    }
    if (!Files.isExecutable(loader)) {
      return Finding.skip("no tasktrail-arm at " + loader);
    }
    Process trial =
        new ProcessBuilder(loader.toString(), "--try").redirectErrorStream(true).start();
    String said = new String(trial.getInputStream().readAllBytes(), UTF_8).strip();
    return trial.waitFor() == 0
        ? Finding.ok(said)
        : Finding.fail(
            said, "boot a kernel of 6.1 or newer, or report it with this line" + others.instead());
  }
}
