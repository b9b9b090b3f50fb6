package io.tasktrail.agent.ring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A capture of a test's own: armed, and removed when closed. Skips the test where it cannot be.
public final class TestCapture implements AutoCloseable {

  public static final long SMALL_RING = 256 << 10;
  public static final long RING = 8 << 20;

  private final Path dir;

  private TestCapture(Path dir) {
    this.dir = dir;
  }

  public static TestCapture arm(long ringBytes, String... more) {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "skipped: this kernel has no BTF");
    return armIn(Path.of("/sys/fs/bpf"), ringBytes, more);
  }

  /// The same in another bpffs.
  public static TestCapture armIn(Path bpffs, long ringBytes, String... more) {
    TestCapture capture =
        new TestCapture(bpffs.resolve("tasktrail-test-" + ProcessHandle.current().pid()));
    List<String> command = new ArrayList<>(List.of("--ring", "" + ringBytes, "--how", "test"));
    command.addAll(List.of(more));
    return capture.done(capture.loader(command));
  }

  public Path dir() {
    return dir;
  }

  /// Where a generation is pinned.
  Path generation(int number) {
    return Path.of(dir + "_g" + number);
  }

  /// Replaces it, as an upgrade does.
  public TestCapture replace() {
    return done(loader(List.of("--replace")));
  }

  /// Replaces it by one of a version with other records.
  public TestCapture replaceByTomorrows() {
    return done(loader(NativeBuild.loaderOfTomorrow(), List.of("--replace")));
  }

  private TestCapture done(Shell.Ended ended) {
    if (ended.status() != 0) {
      throw new IllegalStateException(ended.output());
    }
    return this;
  }

  /// Starts to replace it, and kills the loader after so long.
  void replaceAndKill(Duration after) throws IOException, InterruptedException {
    Process loader =
        new ProcessBuilder(NativeBuild.loader().toString(), "--pin", dir.toString(), "--replace")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!loader.waitFor(after.toNanos(), TimeUnit.NANOSECONDS)) {
      loader.destroyForcibly().onExit().join();
    }
  }

  /// Runs the loader for this capture's folder.
  Shell.Ended loader(List<String> options) {
    return loader(NativeBuild.loader(), options);
  }

  Shell.Ended loader(Path program, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--pin", dir.toString()));
    command.addAll(options);
    return Shell.run(command);
  }

  @Override
  public void close() {
    loader(List.of("--remove"));
  }
}
