package io.tasktrail.bench;

import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Machine;
import io.tasktrail.bench.stand.Scratch;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Starts many short programs (`storm.c`). What is theirs is known by its names.
///
/// @param starter the program that starts them
/// @param program what is started
record Storm(Path starter, Path program) {

  /// The name of what forks.
  static final String STARTER = "tt-storm";

  /// The name of what executes and exits.
  static final String PROGRAM = "tt-short";

  private static final String SOURCE = "benchmarks/src/main/c/storm.c";

  /// Compiles it.
  ///
  /// @throws Failure if there is no compiler
  static Storm compile(Scratch scratch) throws IOException, InterruptedException {
    if (!Machine.has("cc")) {
      throw new Failure(
          "no C compiler, which compiles the programs to be captured",
          "cc",
          "apt-get install gcc libc6-dev, or dnf install gcc glibc-devel glibc-static");
    }
    Path source = Path.of(System.getProperty("tasktrail.home"), SOURCE);
    Path starter = scratch.file(STARTER);
    Child.run(
        List.of("cc", "-O1", "-static", "-pthread", "-o", starter.toString(), source.toString()));
    return new Storm(starter, Files.copy(starter, scratch.file(PROGRAM)));
  }

  /// One program, and no other work.
  void one() throws IOException, InterruptedException {
    var _ = run(1, 1, 0);
  }

  /// What one took.
  ///
  /// @param wallSeconds from its begin to its end
  /// @param cpuSeconds of it and of what it started, the kernel's work for them included: so it
  ///     holds on a busy machine, too
  record Took(double wallSeconds, double cpuSeconds) {

    static Took parse(String said) {
      String[] nanos = said.split(" ", -1);
      return new Took(Double.parseDouble(nanos[0]) / 1e9, Double.parseDouble(nanos[1]) / 1e9);
    }
  }

  /// Runs to its end.
  ///
  /// @param pauseMicros mean of the pause that a worker makes after each
  Took run(int count, int workers, int pauseMicros) throws IOException, InterruptedException {
    return Took.parse(Child.run(command(count, workers, pauseMicros)));
  }

  /// Starts one worker, and returns at once.
  Child start(int count, int pauseMicros) throws IOException {
    return Child.start(starter.resolveSibling("storm.log"), command(count, 1, pauseMicros));
  }

  private List<String> command(int count, int workers, int pauseMicros) {
    return List.of(
        starter.toString(),
        program.toString(),
        Integer.toString(count),
        Integer.toString(workers),
        Integer.toString(pauseMicros));
  }
}
