package io.tasktrail.demo;

import io.tasktrail.role.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder that a user keeps (`--out`), and the scratch folder of broker and state, which goes
/// when the demo ends. Without `--out` the one is within the other.
final class OutFolder implements AutoCloseable {

  private final Path kept;
  private final Path scratch;

  private OutFolder(Path kept, Path scratch) {
    this.kept = kept;
    this.scratch = scratch;
  }

  /// @param out null when nothing is to be kept
  /// @throws Failure if it can't be written
  static OutFolder open(Path out) {
    try {
      Path scratch = Files.createTempDirectory("tasktrail-demo");
      return new OutFolder(out == null ? scratch.resolve("out") : out, scratch).made();
    } catch (IOException cause) {
      throw cantWrite(out, cause);
    }
  }

  private OutFolder made() throws IOException {
    try {
      Files.createDirectories(kept);
      Path probe = Files.createTempFile(kept, "probe", null);
      Files.write(probe, new byte[PROBE_BYTES]);
      Files.delete(probe);
      return this;
    } catch (IOException cause) {
      close();
      throw cause;
    }
  }

  /// So much must be free for a start.
  private static final int PROBE_BYTES = 1 << 20;

  private static Failure cantWrite(Path out, IOException cause) {
    return new Failure(
        "can't write the output (" + cause + ")",
        "--out " + out,
        "name a folder that can be made and written, on a disk with space",
        cause);
  }

  /// A file that the user keeps.
  Path file(String name) {
    return kept.resolve(name);
  }

  /// A file or folder that goes when the demo ends.
  Path scratch(String name) {
    return scratch.resolve(name);
  }

  /// Writes a file at once: who sees it sees all of it.
  ///
  /// @throws Failure if it can't be written
  void publish(String name, List<String> lines) {
    try {
      Path fresh = Files.write(kept.resolve(name + ".new"), lines);
      Files.move(fresh, kept.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException cause) {
      throw cantWrite(kept, cause);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> within = Files.walk(scratch)) {
      for (Path path : within.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException("can't remove " + scratch, cause);
    }
  }
}
