package io.tasktrail.agent.place;

import io.tasktrail.agent.digest.FileDigests;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import java.nio.file.Path;
import java.time.Duration;

/// SHA-256 of executables, each read once: until its inode changes.
final class ExecutableDigests implements AutoCloseable {

  static final Duration KEPT = Duration.ofHours(1);

  /// There may have been too much to read within that minute.
  static final Duration UNKNOWN_KEPT = Duration.ofMinutes(1);

  /// 2 MB are read within that.
  static final Duration PATIENCE = Duration.ofMillis(20);

  private final Inquiry<FileDigests.Named, ByteText> digests;

  /// @param root the root directory, `/`
  ExecutableDigests(Path root) {
    FileDigests files = new FileDigests(root);
    digests =
        new Inquiry<>(
            "tasktrail-digests",
            named -> files.of(named, System.nanoTime()),
            ByteText.EMPTY,
            digest -> (digest.isEmpty() ? UNKNOWN_KEPT : KEPT).toNanos(),
            PATIENCE);
  }

  /// Without the time of its change nobody could say whether a file is still the one that ran.
  ByteText of(Image image, long nowNanos) {
    return image.unlinked() || image.changedNanos() == 0
        ? ByteText.EMPTY
        : digests.of(
            new FileDigests.Named(
                image.executable(), image.device(), image.inode(), image.changedNanos()),
            nowNanos);
  }

  @Override
  public void close() {
    digests.close();
  }
}
