package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The odd ways in which a task can live and die (`zoo.c`), in a folder of their own: its path in
/// an executable marks what belongs to the test.
final class Zoo {

  private final Path folder;

  private Zoo(Path folder) {
    this.folder = folder;
  }

  static Zoo build(Path folder) throws IOException {
    Needs.command("cc");
    Zoo zoo = new Zoo(folder);
    Path source = Launcher.HOME.resolve("e2e/src/test/c/zoo.c");
    List<String> compile = new ArrayList<>(List.of("cc", "-O1", "-pthread", "-o"));
    compile.add(zoo.path("zoo").toString());
    compile.add(source.toString());
    var compiled = Launcher.run(Duration.ofMinutes(1), new ProcessBuilder(compile));
    assertThat(compiled.status()).as(compiled.err()).isZero();
    return zoo;
  }

  /// The path of a program under a name of one's choice.
  Path path(String name) {
    return folder.resolve(name);
  }

  /// A copy of the program under another name.
  Path named(String name) throws IOException {
    return Files.copy(path("zoo"), path(name));
  }

  /// Runs one of its ways to the end.
  ///
  /// @return its pid
  long run(int expectedStatus, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(path("zoo").toString());
    command.addAll(List.of(words));
    return runCommand(expectedStatus, command);
  }

  /// Runs any command to the end.
  ///
  /// @return its pid
  static long runCommand(int expectedStatus, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(command.toString()).isEqualTo(expectedStatus);
    return process.pid();
  }
}
